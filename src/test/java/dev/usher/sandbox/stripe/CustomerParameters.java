package dev.usher.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Json;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the parameters of a create or update as Stripe does, and applies them to a copy of a customer. */
final class CustomerParameters {
    private static final Pattern NAME = Pattern.compile("([a-z_]+)((?:\\[[^\\[\\]]*])*)");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
    private static final Set<String> TEXT =
            Set.of("email", "name", "phone", "description", "business_name", "individual_name");
    private static final Set<String> KEPT_ELSEWHERE = Set.of(
            "cash_balance",
            "expand",
            "invoice_settings",
            "payment_method",
            "source",
            "tax",
            "tax_id_data",
            "test_clock",
            "validate");
    private static final Set<String> STRUCTURES = Set.of("address", "shipping", "preferred_locales");
    private static final Map<String, Integer> LONGEST =
            Map.of("email", 512, "name", 256, "phone", 20, "description", 5000);
    private static final Set<String> EXEMPT = Set.of("none", "exempt", "reverse");
    private static final int METADATA_KEYS = 50;
    private static final int METADATA_KEY = 40;
    private static final int METADATA_VALUE = 500;

    private final Map<String, String> parameters;

    CustomerParameters(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /** Null when everything is valid; nothing is stored under an idempotency key for what this refuses. */
    @Nullable
    Answer refusal() {
        for (Map.Entry<String, String> one : parameters.entrySet()) {
            Answer refusal = refusal(one.getKey(), one.getValue());
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private static @Nullable Answer refusal(String parameter, String value) {
        Matcher parts = NAME.matcher(parameter);
        if (!parts.matches()) {
            return unknown(parameter);
        }
        String name = parts.group(1);
        String inside = parts.group(2);
        if (name.equals("metadata")) {
            return metadataRefusal(inside, value);
        }
        if (TEXT.contains(name)) {
            return inside.isEmpty() ? textRefusal(name, value) : structure(name, "Invalid string");
        }
        return switch (name) {
            case "balance", "next_invoice_sequence" ->
                value.matches("-?\\d+")
                        ? null
                        : StripeErrors.invalidRequest(
                                400, "parameter_invalid_integer", name, "Invalid integer: " + value);
            case "tax_exempt" ->
                value.isEmpty() || EXEMPT.contains(value)
                        ? null
                        : StripeErrors.invalidRequest(
                                400, null, name, "Invalid tax_exempt: must be one of none, exempt, or reverse");
            case "invoice_prefix", "default_source" -> null;
            default -> {
                if (STRUCTURES.contains(name)) {
                    yield inside.isEmpty() && !value.isEmpty() ? structure(name, "Invalid object") : null;
                }
                yield KEPT_ELSEWHERE.contains(name) ? null : unknown(parameter);
            }
        };
    }

    private static @Nullable Answer textRefusal(String name, String value) {
        Integer longest = LONGEST.get(name);
        if (longest != null && value.length() > longest) {
            return StripeErrors.invalidRequest(
                    400,
                    "parameter_invalid_string",
                    name,
                    "Invalid string: must be at most " + longest + " characters");
        }
        if (name.equals("email") && !value.isEmpty() && !EMAIL.matcher(value).matches()) {
            return StripeErrors.invalidRequest(400, "email_invalid", name, "Invalid email address: " + value);
        }
        return null;
    }

    private static @Nullable Answer metadataRefusal(String inside, String value) {
        if (inside.isEmpty()) {
            return value.isEmpty() ? null : structure("metadata", "Invalid object");
        }
        String key = inside.substring(1, inside.length() - 1);
        if (key.isEmpty() || key.contains("[")) {
            return structure("metadata" + inside, "Invalid metadata key");
        }
        if (key.length() > METADATA_KEY) {
            return structure("metadata", "Metadata keys can have up to " + METADATA_KEY + " characters");
        }
        return value.length() > METADATA_VALUE
                ? structure("metadata" + inside, "Metadata values can have up to " + METADATA_VALUE + " characters")
                : null;
    }

    private static Answer unknown(String parameter) {
        return StripeErrors.invalidRequest(
                400, "parameter_unknown", parameter, "Received unknown parameter: " + parameter);
    }

    private static Answer structure(String parameter, String message) {
        return StripeErrors.invalidRequest(400, null, parameter, message);
    }

    /** A changed copy. Metadata is merged; an empty value unsets. */
    ObjectNode applyTo(ObjectNode customer) {
        ObjectNode changed = customer.deepCopy();
        parameters.forEach((parameter, value) -> {
            int bracket = parameter.indexOf('[');
            String name = bracket < 0 ? parameter : parameter.substring(0, bracket);
            String inside = bracket < 0 ? "" : parameter.substring(bracket);
            if (name.equals("metadata")) {
                metadata(changed, inside, value);
            } else if (inside.isEmpty()) {
                plain(changed, name, value);
            } else if (name.equals("address") || name.equals("shipping")) {
                nested(changed, name, inside, value);
            } else if (name.equals("preferred_locales")) {
                changed.withArrayProperty(name).add(value);
            }
        });
        return changed;
    }

    /** Null when the metadata after the change is within Stripe's limit. */
    static @Nullable Answer tooMuchMetadata(ObjectNode customer) {
        return customer.get("metadata").size() > METADATA_KEYS
                ? structure("metadata", "You can have up to " + METADATA_KEYS + " metadata keys")
                : null;
    }

    private static void metadata(ObjectNode customer, String inside, String value) {
        if (inside.isEmpty()) {
            customer.set("metadata", Json.object());
        } else if (value.isEmpty()) {
            customer.withObjectProperty("metadata").remove(inside.substring(1, inside.length() - 1));
        } else {
            customer.withObjectProperty("metadata").put(inside.substring(1, inside.length() - 1), value);
        }
    }

    private static void plain(ObjectNode customer, String name, String value) {
        if (name.equals("balance") || name.equals("next_invoice_sequence")) {
            customer.put(name, Long.parseLong(value));
        } else if (TEXT.contains(name) || STRUCTURES.contains(name)) {
            customer.put(name, value.isEmpty() ? null : value);
        } else if (name.equals("tax_exempt") || name.equals("invoice_prefix")) {
            customer.put(name, value);
        }
    }

    private static void nested(ObjectNode customer, String name, String inside, String value) {
        ObjectNode node = customer.get(name) instanceof ObjectNode known ? known : customer.putObject(name);
        String[] keys = inside.substring(1, inside.length() - 1).split("]\\[");
        for (int i = 0; i < keys.length - 1; i++) {
            node = node.get(keys[i]) instanceof ObjectNode known ? known : node.putObject(keys[i]);
        }
        node.put(keys[keys.length - 1], value.isEmpty() ? null : value);
    }

    /** The parameters in one order: what decides whether an idempotency key is used for the same request again. */
    Map<String, String> sorted() {
        return new TreeMap<>(parameters);
    }
}
