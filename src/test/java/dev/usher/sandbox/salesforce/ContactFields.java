package dev.usher.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request may say of a Contact. All fields are texts, by their longest lengths. */
final class ContactFields {
    static final Map<String, Integer> LENGTHS = lengths();

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+");

    private ContactFields() {}

    private static Map<String, Integer> lengths() {
        Map<String, Integer> lengths = new LinkedHashMap<>();
        lengths.put("LastName", 80);
        lengths.put("FirstName", 40);
        lengths.put("Email", 80);
        lengths.put("Phone", 40);
        lengths.put("Title", 128);
        lengths.put(Org.EXTERNAL_ID, 36);
        lengths.put(Org.STATE, 40);
        return lengths;
    }

    /** What the org says of its contacts. */
    static ObjectNode described() {
        ObjectNode described =
                Json.object().put("name", "Contact").put("createable", true).put("updateable", true);
        var fields = described.putArray("fields");
        LENGTHS.forEach((name, length) -> fields.addObject()
                .put("name", name)
                .put("type", "string")
                .put("length", length)
                .put("externalId", name.equals(Org.EXTERNAL_ID))
                .put("unique", name.equals(Org.EXTERNAL_ID)));
        return described;
    }

    /** Null when the body may be written. @param isNew whether this would make the Contact */
    static @Nullable Answer refusal(JsonNode body, boolean isNew) {
        if (!body.isObject()) {
            return SalesforceErrors.of(400, "JSON_PARSER_ERROR", "Unexpected start of the body, expected an object");
        }
        for (Map.Entry<String, JsonNode> one : body.properties()) {
            Answer wrong = refusal(one.getKey(), one.getValue());
            if (wrong != null) {
                return wrong;
            }
        }
        boolean named = body.hasNonNull("LastName") || !isNew && !body.has("LastName");
        return named
                ? null
                : SalesforceErrors.of(
                        400, "REQUIRED_FIELD_MISSING", "Required fields are missing: [LastName]", "LastName");
    }

    private static @Nullable Answer refusal(String name, JsonNode value) {
        if (name.equals("Id") || name.equals(Org.EXTERNAL_ID)) {
            return SalesforceErrors.of(
                    400, "INVALID_FIELD", "The " + name + " field should not be specified in the sobject data.", name);
        }
        Integer longest = LENGTHS.get(name);
        if (longest == null) {
            return SalesforceErrors.of(
                    400, "INVALID_FIELD", "No such column '" + name + "' on sobject of type Contact");
        }
        if (value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            return SalesforceErrors.of(
                    400, "JSON_PARSER_ERROR", "Cannot deserialize instance of string from " + value.getNodeType());
        }
        String text = value.textValue();
        if (text.length() > longest) {
            return SalesforceErrors.of(
                    400, "STRING_TOO_LONG", name + ": data value too large (max length=" + longest + ")", name);
        }
        boolean address =
                !name.equals("Email") || text.isEmpty() || EMAIL.matcher(text).matches();
        return address
                ? null
                : SalesforceErrors.of(400, "INVALID_EMAIL_ADDRESS", "Email: invalid email address: " + text, name);
    }
}
