package dev.usher.sandbox.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Form-encoded text: queries and form bodies. */
public final class Form {
    private Form() {}

    /** Names to values in the order sent; the last of a repeated name wins, except {@code name[]}, which is numbered. */
    public static Map<String, String> decode(String encoded) {
        Map<String, String> values = new LinkedHashMap<>();
        int from = 0;
        while (from < encoded.length()) {
            int end = encoded.indexOf('&', from);
            end = end < 0 ? encoded.length() : end;
            int equals = encoded.indexOf('=', from);
            equals = equals < 0 || equals > end ? end : equals;
            String name = text(encoded.substring(from, equals));
            String value = equals == end ? "" : text(encoded.substring(equals + 1, end));
            if (name.endsWith("[]")) {
                name = name.substring(0, name.length() - 1) + values.size() + "]";
            }
            if (!name.isEmpty()) {
                values.put(name, value);
            }
            from = end + 1;
        }
        return values;
    }

    private static String text(String encoded) {
        if (encoded.indexOf('%') < 0 && encoded.indexOf('+') < 0) {
            return encoded;
        }
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return encoded;
        }
    }
}
