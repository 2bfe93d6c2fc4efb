package dev.usher.sandbox.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Call;
import dev.usher.sandbox.server.Json;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** {@code POST /v1.0/$batch}: up to 20 requests, each answered for itself, in any order. */
final class GraphBatch {
    private static final int LARGEST = 20;

    private final GraphErrors errors;
    private final Function<Call, Answer> single;

    /** @param single answers one request of the batch, with its limit and its fault */
    GraphBatch(GraphErrors errors, Function<Call, Answer> single) {
        this.errors = errors;
        this.single = single;
    }

    Answer answer(Call batch) {
        JsonNode requests = batch.json().orElseGet(Json::object).path("requests");
        String refusal = refusal(requests);
        if (refusal != null) {
            return errors.error(400, "BadRequest", refusal);
        }
        Map<String, Integer> statuses = new HashMap<>();
        List<ObjectNode> responses = new ArrayList<>();
        for (JsonNode request : requests) {
            String id = request.get("id").asText();
            Answer answer = failedBefore(request, statuses)
                    ? errors.error(424, "FailedDependency", "A request this one depends on has failed.")
                    : single.apply(call(batch, request));
            statuses.put(id, answer.status());
            responses.add(response(id, answer));
        }
        Collections.shuffle(responses);
        ObjectNode body = Json.object();
        body.putArray("responses").addAll(responses);
        return Answer.json(200, "application/json", body);
    }

    /** What the requests of a batch call, as far as it can be read. */
    static Stream<String> targets(Call batch) {
        JsonNode requests = batch.json().orElseGet(Json::object).path("requests");
        return StreamSupport.stream(requests.spliterator(), false)
                .map(request -> "/v1.0" + request.path("url").asText(""));
    }

    private static String refusal(JsonNode requests) {
        if (!requests.isArray() || requests.isEmpty()) {
            return "Invalid batch payload format.";
        }
        if (requests.size() > LARGEST) {
            return "Number of batch request steps exceeds the maximum value of " + LARGEST + ".";
        }
        Map<String, Boolean> ids = new HashMap<>();
        for (JsonNode request : requests) {
            String url = request.path("url").asText("");
            if (!request.path("id").isTextual() || !request.path("method").isTextual() || url.isEmpty()) {
                return "Each batch request needs an id, a method and a url.";
            }
            if (url.contains("://")) {
                return "The url of a batch request must be relative.";
            }
            if (ids.put(request.get("id").asText().toLowerCase(Locale.ROOT), true) != null) {
                return "Request Id has to be unique in a batch.";
            }
            if (request.has("body") && !hasContentType(request)) {
                return "A batch request with a body needs a Content-Type header.";
            }
        }
        return null;
    }

    private static boolean hasContentType(JsonNode request) {
        for (Map.Entry<String, JsonNode> header : request.path("headers").properties()) {
            if (header.getKey().equalsIgnoreCase("content-type")) {
                return true;
            }
        }
        return false;
    }

    private static boolean failedBefore(JsonNode request, Map<String, Integer> statuses) {
        for (JsonNode earlier : request.path("dependsOn")) {
            if (statuses.getOrDefault(earlier.asText(), 424) >= 400) {
                return true;
            }
        }
        return false;
    }

    private static Call call(Call batch, JsonNode request) {
        String url = request.get("url").asText();
        String target = "/v1.0" + (url.startsWith("/") ? url : "/" + url);
        int mark = target.indexOf('?');
        String rawPath = mark < 0 ? target : target.substring(0, mark);
        HeaderMap headers = new HeaderMap();
        request.path("headers")
                .properties()
                .forEach(header -> headers.put(
                        HttpString.tryFromString(header.getKey()),
                        header.getValue().asText()));
        headers.put(Headers.HOST, String.valueOf(batch.header(Headers.HOST)));
        return new Call(
                batch.at(),
                request.get("method").asText().toUpperCase(Locale.ROOT),
                rawPath,
                URLDecoder.decode(rawPath.replace("+", "%2B"), StandardCharsets.UTF_8),
                mark < 0 ? "" : target.substring(mark + 1),
                headers,
                request.has("body") ? Json.bytes(request.get("body")) : new byte[0]);
    }

    private static ObjectNode response(String id, Answer answer) {
        ObjectNode response = Json.object().put("id", id).put("status", answer.status());
        ObjectNode headers = response.putObject("headers");
        answer.headers().forEach(headers::put);
        if (answer.body().length > 0) {
            headers.put("Content-Type", "application/json");
            response.set("body", Json.read(answer.body()).orElseGet(Json::object));
        }
        return response;
    }
}
