package dev.usher.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A contact, as far as Usher reads it.
 *
 * @param id its row id
 * @param objectId the user it belongs to, in lower case; null when it belongs to no portal user
 * @param consent null when no column holds it
 * @param logonEnabled whether the portal lets the user sign in
 */
public record Contact(
        String id,
        @Nullable String objectId,
        boolean active,
        @Nullable String givenName,
        @Nullable String surname,
        @Nullable String email,
        @Nullable Boolean consent,
        boolean logonEnabled) {

    private static final String LOGON_ENABLED = "adx_identity_logonenabled";
    private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** What must be selected of a row to make one. */
    static List<String> selected(DataverseSettings.Columns columns) {
        var names = new ArrayList<>(List.of(
                "contactid",
                "statecode",
                LOGON_ENABLED,
                columns.userName(),
                columns.givenName(),
                columns.surname(),
                columns.email()));
        if (!columns.consent().isEmpty()) {
            names.add(columns.consent());
        }
        return names.stream().distinct().toList();
    }

    static Contact of(JsonNode row, DataverseSettings.Columns columns) {
        return new Contact(
                row.path("contactid").asText().toLowerCase(Locale.ROOT),
                objectId(row, columns),
                row.path("statecode").asInt(0) == 0,
                text(row, columns.givenName()),
                text(row, columns.surname()),
                text(row, columns.email()),
                columns.consent().isEmpty()
                        ? null
                        : row.path(columns.consent()).asText().equals(columns.consentWhen()),
                row.path(LOGON_ENABLED).asBoolean());
    }

    /** The object id that the user name of a portal user is; null when it is none. */
    static @Nullable String objectId(JsonNode row, DataverseSettings.Columns columns) {
        var name = row.path(columns.userName()).asText("").strip().toLowerCase(Locale.ROOT);
        return GUID.matcher(name).matches() ? name : null;
    }

    private static @Nullable String text(JsonNode row, String column) {
        var value = row.path(column).asText("").strip();
        return row.path(column).isNull() || value.isEmpty() ? null : value;
    }

    /** As it stands in the SCIM user: what the contact shows, and for which groups of attributes it has the last word. */
    ObjectNode shown(List<String> authority) {
        var shown = JsonNodeFactory.instance.objectNode().put("id", id);
        shown.putObject("name").put("givenName", givenName).put("familyName", surname);
        shown.put("email", email);
        shown.put("logonEnabled", logonEnabled);
        if (consent != null) {
            shown.put("marketingConsent", consent);
        }
        var groups = shown.putArray("authority");
        authority.forEach(groups::add);
        return shown;
    }
}
