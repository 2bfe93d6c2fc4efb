package dev.usher.sandbox.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a system answers. An empty body is sent without a content type.
 *
 * @param headers besides the content type
 */
public record Answer(int status, String contentType, Map<String, String> headers, byte[] body) {
    private static final byte[] NOTHING = {};

    public static Answer json(int status, JsonNode body) {
        return new Answer(status, "application/json", Map.of(), Json.bytes(body));
    }

    public static Answer json(int status, String contentType, JsonNode body) {
        return new Answer(status, contentType, Map.of(), Json.bytes(body));
    }

    public static Answer empty(int status) {
        return new Answer(status, "", Map.of(), NOTHING);
    }

    /** The same answer with one more header. */
    public Answer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, contentType, more, body);
    }

    /** The same answer with a body no parser accepts: cut in half, or half an object where there was none. */
    public Answer malformed() {
        byte[] half = body.length < 4
                ? "{\"truncated\": ".getBytes(java.nio.charset.StandardCharsets.US_ASCII)
                : java.util.Arrays.copyOf(body, body.length / 2);
        int shown = status == 204 ? 200 : status;
        return new Answer(shown, contentType.isEmpty() ? "application/json" : contentType, headers, half);
    }
}
