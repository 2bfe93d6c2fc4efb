package dev.usher.sandbox.mailchimp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.usher.sandbox.mailchimp.MailchimpErrors.Field;
import dev.usher.sandbox.server.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request may say of a member, by the vendor's document. Stricter than the real service in one point: a field or merge tag that does
 * not exist is refused, where the real one may overlook it, so that a mistyped mapping is noticed.
 */
final class MemberFields {
    static final List<String> MERGE_TAGS = List.of("FNAME", "LNAME", "PHONE", "CTYPE");

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+");
    private static final Set<String> STATUSES = Set.of("subscribed", "unsubscribed", "cleaned", "pending");
    private static final int LONGEST_MERGE = 255;
    private static final Map<String, JsonNodeType> TYPES = Map.ofEntries(
            Map.entry("email_address", JsonNodeType.STRING),
            Map.entry("email_type", JsonNodeType.STRING),
            Map.entry("status", JsonNodeType.STRING),
            Map.entry("status_if_new", JsonNodeType.STRING),
            Map.entry("merge_fields", JsonNodeType.OBJECT),
            Map.entry("interests", JsonNodeType.OBJECT),
            Map.entry("language", JsonNodeType.STRING),
            Map.entry("vip", JsonNodeType.BOOLEAN),
            Map.entry("location", JsonNodeType.OBJECT),
            Map.entry("marketing_permissions", JsonNodeType.ARRAY),
            Map.entry("ip_signup", JsonNodeType.STRING),
            Map.entry("timestamp_signup", JsonNodeType.STRING),
            Map.entry("ip_opt", JsonNodeType.STRING),
            Map.entry("timestamp_opt", JsonNodeType.STRING),
            Map.entry("tags", JsonNodeType.ARRAY));

    private MemberFields() {}

    /** Null when every field exists for this method and has the right type and value. */
    static @Nullable Answer refusal(JsonNode body, String method) {
        if (!body.isObject()) {
            return MailchimpErrors.invalid("The request body must be a JSON object.");
        }
        List<Field> wrong = new ArrayList<>();
        body.properties().forEach(one -> check(one.getKey(), one.getValue(), method, wrong));
        if (!wrong.isEmpty()) {
            return MailchimpErrors.invalid(
                    "The resource submitted could not be validated. For field-specific details, see the 'errors' array.",
                    wrong);
        }
        Answer address =
                body.has("email_address") ? address(body.get("email_address").textValue()) : null;
        return address == null ? mergeFields(body.path("merge_fields")) : address;
    }

    private static void check(String name, JsonNode value, String method, List<Field> wrong) {
        JsonNodeType type = TYPES.get(name);
        boolean elsewhere =
                name.equals("status_if_new") && !method.equals("PUT") || name.equals("tags") && !method.equals("POST");
        if (type == null || elsewhere) {
            wrong.add(new Field(name, "This field does not exist for this request."));
        } else if (value.getNodeType() != type) {
            wrong.add(new Field(
                    name,
                    type == JsonNodeType.ARRAY
                            ? "This value should be of type array."
                            : "Schema describes " + word(type) + ", " + word(value.getNodeType()) + " found instead"));
        } else if (name.startsWith("status") && !status(value.textValue(), method)) {
            wrong.add(new Field(
                    name,
                    "Value must be one of: subscribed, unsubscribed, cleaned, pending"
                            + (method.equals("PATCH") ? "" : ", transactional")));
        } else if (name.equals("email_type") && !Set.of("html", "text").contains(value.textValue())) {
            wrong.add(new Field(name, "Value must be one of: html, text"));
        } else if (name.equals("marketing_permissions")) {
            value.forEach(one -> checkPermission(one, wrong));
        }
    }

    private static void checkPermission(JsonNode permission, List<Field> wrong) {
        if (!permission.path("marketing_permission_id").isTextual()
                || !permission.path("enabled").isBoolean()) {
            wrong.add(new Field("marketing_permissions", "Each needs a marketing_permission_id and enabled."));
        }
    }

    private static boolean status(String status, String method) {
        return STATUSES.contains(status) || status.equals("transactional") && !method.equals("PATCH");
    }

    private static @Nullable Answer address(String email) {
        if (!EMAIL.matcher(email).matches()) {
            return MailchimpErrors.invalid("Please provide a valid email address.");
        }
        return email.toLowerCase(Locale.ROOT).endsWith("@example.com")
                ? MailchimpErrors.invalid(email + " looks fake or invalid, please enter a real email address.")
                : null;
    }

    private static @Nullable Answer mergeFields(JsonNode fields) {
        List<Field> wrong = new ArrayList<>();
        fields.properties().forEach(one -> {
            JsonNode value = one.getValue();
            if (!MERGE_TAGS.contains(one.getKey())) {
                wrong.add(new Field(one.getKey(), "There is no merge field with this tag"));
            } else if (!value.isTextual() && !value.isNumber()) {
                wrong.add(new Field(one.getKey(), "Please enter a text"));
            } else if (value.asText().length() > LONGEST_MERGE) {
                wrong.add(
                        new Field(one.getKey(), "Please enter a value with at most " + LONGEST_MERGE + " characters"));
            }
        });
        return wrong.isEmpty() ? null : MailchimpErrors.invalid("Your merge fields were invalid.", wrong);
    }

    private static String word(JsonNodeType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
