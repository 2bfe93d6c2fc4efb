package dev.usher.sandbox.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Json;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the body of a write into members of a row, and refuses what the table does not have. */
final class Payload {
    private static final Pattern REFERENCE = Pattern.compile("(?:.*/)?([a-z_]+)\\(([0-9a-fA-F-]{36})\\)");
    private static final String BIND = "@odata.bind";

    private final Organization organization;

    Payload(Organization organization) {
        this.organization = organization;
    }

    ObjectNode read(Table table, JsonNode body) {
        if (!body.isObject()) {
            throw DataverseErrors.badPayload("the body must be a JSON object.");
        }
        ObjectNode values = Json.object();
        for (Map.Entry<String, JsonNode> one : body.properties()) {
            String name = one.getKey();
            if (name.endsWith(BIND)) {
                bind(table, name.substring(0, name.length() - BIND.length()), one.getValue(), values);
            } else if (!name.contains("@")) {
                column(table, name, one.getValue(), values);
            }
        }
        checkState(table, values);
        return values;
    }

    private static void column(Table table, String name, JsonNode value, ObjectNode values) {
        Column column = table.columns().get(name);
        if (column == null) {
            throw DataverseErrors.badPayload("An undeclared property '" + name
                    + "' was found. It does not exist on type 'Microsoft.Dynamics.CRM." + table.name() + "'.");
        }
        String refusal = column.refusal(value);
        if (refusal != null) {
            throw refusal.contains("maximum allowed")
                    ? DataverseErrors.tooLong(refusal)
                    : DataverseErrors.badPayload(refusal);
        }
        boolean lower = column.type() == Column.Type.ID && !value.isNull();
        values.set(name, lower ? values.textNode(value.textValue().toLowerCase(Locale.ROOT)) : value);
    }

    private void bind(Table table, String navigation, JsonNode value, ObjectNode values) {
        Column column = table.lookup(navigation)
                .orElseThrow(() -> DataverseErrors.badPayload("An undeclared property '" + navigation
                        + "' which only has property annotations in the payload was found, or it is a collection."));
        if (value.isNull()) {
            values.putNull(column.shown());
            return;
        }
        values.put(column.shown(), reference(column.table(), value).id());
    }

    /** The row a reference such as {@code /contacts(id)}, absolute or not, leads to. */
    Row reference(String set, JsonNode value) {
        Matcher reference = REFERENCE.matcher(value.asText());
        if (!value.isTextual() || !reference.matches() || !reference.group(1).equals(set)) {
            throw DataverseErrors.badPayload("'" + value.asText() + "' is no reference to a row of '" + set + "'.");
        }
        Table target = Tables.BY_SET.get(set);
        Row row = organization.rows(target).get(reference.group(2));
        if (row == null) {
            throw DataverseErrors.noRow(target, reference.group(2));
        }
        return row;
    }

    private static void checkState(Table table, ObjectNode values) {
        if (values.has("statecode") && values.has("statuscode")) {
            int state = values.get("statecode").asInt();
            int status = values.get("statuscode").asInt();
            if (status != state + 1) {
                throw new Refusal(DataverseErrors.error(
                        400,
                        "0x80048408",
                        status + " is not a valid status code for state code " + state + " on " + table.name() + "."));
            }
        }
    }
}
