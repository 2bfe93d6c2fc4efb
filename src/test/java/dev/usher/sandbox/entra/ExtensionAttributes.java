package dev.usher.sandbox.entra;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The custom attributes defined in the tenant. {@code marketingConsent}, {@code customerType}, {@code stripeCustomerId} and {@code
 * mailchimpContactId} are there from the start; a sign-up that uses another one defines it.
 */
final class ExtensionAttributes {
    private static final int LONGEST_TEXT = 256;
    private final Map<String, Type> types = new ConcurrentHashMap<>();

    /** The types Entra has for them. */
    enum Type {
        STRING,
        BOOLEAN,
        INTEGER,
        DATETIME
    }

    ExtensionAttributes() {
        clear();
    }

    void clear() {
        types.clear();
        types.put(EntraTenant.extension("marketingConsent"), Type.BOOLEAN);
        types.put(EntraTenant.extension("customerType"), Type.STRING);
        types.put(EntraTenant.extension("stripeCustomerId"), Type.STRING);
        types.put(EntraTenant.extension("mailchimpContactId"), Type.STRING);
    }

    /** Defines an attribute by the value it is first given; known ones stay as they are. */
    void define(String shortName, JsonNode value) {
        Type type = value.isBoolean() ? Type.BOOLEAN : value.isIntegralNumber() ? Type.INTEGER : Type.STRING;
        types.putIfAbsent(EntraTenant.extension(shortName), type);
    }

    /** @throws IllegalArgumentException for an unknown type */
    void define(String shortName, String type) {
        types.put(EntraTenant.extension(shortName), Type.valueOf(type.toUpperCase(Locale.ROOT)));
    }

    /** The full names, in order. */
    List<String> names() {
        return types.keySet().stream().sorted().toList();
    }

    boolean defined(String fullName) {
        return types.containsKey(fullName);
    }

    /** Whether the attribute takes the value; null clears it. */
    boolean takes(String fullName, @Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return true;
        }
        return switch (types.get(fullName)) {
            case BOOLEAN -> value.isBoolean();
            case INTEGER -> value.canConvertToInt() && value.isIntegralNumber();
            case STRING, DATETIME -> value.isTextual() && value.textValue().length() <= LONGEST_TEXT;
        };
    }
}
