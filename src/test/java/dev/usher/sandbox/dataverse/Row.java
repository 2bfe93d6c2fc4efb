package dev.usher.sandbox.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row in one state; never changed, only replaced.
 *
 * @param sequence order of creation
 * @param content every column of the table by the member the Web API shows
 */
record Row(Table table, long sequence, long version, ObjectNode content) {
    /** A state is itself only: versions are unique. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Row row && row.version == version;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(version);
    }

    String id() {
        return content.get(table.key()).textValue();
    }

    String etag() {
        return "W/\"" + version + "\"";
    }

    @Nullable
    String text(String member) {
        JsonNode value = content.get(member);
        return value == null || value.isNull() ? null : value.asText();
    }

    int number(String member, int absent) {
        return content.path(member).asInt(absent);
    }

    boolean active() {
        return number("statecode", 0) == 0;
    }

    /** As the Web API shows it; the primary key is always there. @param members null for all */
    ObjectNode shown(@Nullable List<String> members) {
        ObjectNode shown = Json.object().put("@odata.etag", etag());
        if (members == null) {
            shown.setAll(content);
            shown.remove("authvalue");
            return shown;
        }
        members.forEach(member -> shown.set(member, content.get(member)));
        shown.put(table.key(), id());
        shown.remove("authvalue");
        return shown;
    }

    /** The value of a member for a filter: null, text, Boolean or Instant. */
    @Nullable
    Object filtered(String member) {
        JsonNode value = content.get(member);
        if (value == null || value.isNull()) {
            return null;
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return isTime(table, member) ? Instant.parse(value.textValue()) : value.asText();
    }

    static boolean isTime(Table table, String member) {
        Column column = table.columns().get(member);
        return column != null && column.type() == Column.Type.DATETIME
                || member.equals("createdon")
                || member.equals("modifiedon");
    }
}
