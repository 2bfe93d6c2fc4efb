package dev.usher.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;

/** The requests that a system got from Usher. */
final class Calls {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Calls() {}

    /** All of them, with the body as JSON (a form's members nested by their brackets), oldest first. */
    static List<ObjectNode> all(Stage stage, String system) {
        var calls = stage.product.control("GET", "/systems/" + system + "/calls", null);
        return StreamSupport.stream(calls.spliterator(), false)
                .filter(call -> call.at("/headers/" + Steps.BY_HAND).isMissingNode())
                .map(call -> readable(((ObjectNode) call)))
                .toList();
    }

    /** Those that may change something: no reads, no tokens. */
    static List<ObjectNode> writes(Stage stage, String system) {
        return all(stage, system).stream()
                .filter(call -> !call.path("method").asText().equals("GET"))
                .filter(call -> !call.path("path").asText().endsWith("/token"))
                .filter(call -> !isOnlyAnEnvelope(call))
                .toList();
    }

    /** Graph's batches are JSON, and each request in one is a call of its own; Dataverse's are multipart, and are none. */
    private static boolean isOnlyAnEnvelope(ObjectNode call) {
        return call.path("path").asText().endsWith("/$batch")
                && call.at("/body/requests").isArray();
    }

    private static ObjectNode readable(ObjectNode call) {
        var body = call.path("body").asText("");
        if (!body.isBlank() && !call.at("/headers/Content-Type").asText().startsWith("multipart/")) {
            call.set("body", parsed(body));
        }
        return call;
    }

    private static JsonNode parsed(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return form(body);
        }
    }

    /** {@code metadata[plan]=gold} becomes {@code {"metadata": {"plan": "gold"}}}. */
    static ObjectNode form(String body) {
        var form = JsonNodeFactory.instance.objectNode();
        for (var pair : body.split("&")) {
            var name = decoded(pair.replaceAll("=.*", "")).replace("]", "").split("\\[");
            var at = form;
            for (int i = 0; i < name.length - 1; i++) {
                at = at.withObjectProperty(name[i]);
            }
            at.put(name[name.length - 1], decoded(pair.replaceAll("^[^=]*=?", "")));
        }
        return form;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
