package dev.usher.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** An API in JSON: the sandbox's, or Usher's own. */
public final class Control {

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final URI base;
    private final String authorization;

    public Control(URI base) {
        this(base, "");
    }

    /** @param authorization what every call says of the caller; blank: nothing */
    Control(URI base, String authorization) {
        this.base = base;
        this.authorization = authorization;
    }

    public JsonNode get(String path) {
        return call("GET", path, null);
    }

    public JsonNode post(String path, Object body) {
        return call("POST", path, body);
    }

    public void put(String path, String body) {
        call("PUT", path, json(body));
    }

    public void patch(String path, Object body) {
        call("PATCH", path, body);
    }

    public void delete(String path) {
        call("DELETE", path, null);
    }

    /** How many requests of a method to paths that match were seen. */
    public int count(String system, String method, String path) {
        return get("/systems/" + system + "/calls?count=true&method=" + method + "&path="
                        + URLEncoder.encode(path, StandardCharsets.UTF_8))
                .path("count")
                .asInt();
    }

    public JsonNode calls(String system) {
        return get("/systems/" + system + "/calls");
    }

    public JsonNode records(String system) {
        return get("/systems/" + system + "/records");
    }

    private JsonNode json(String text) {
        try {
            return json.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode call(String method, String path, @org.jspecify.annotations.Nullable Object body) {
        try {
            var publisher = body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body));
            var request = HttpRequest.newBuilder(base.resolve(path))
                    .header("Content-Type", "application/json")
                    .method(method, publisher);
            if (!authorization.isEmpty()) {
                request.header("Authorization", authorization);
            }
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(method + " " + path + " was answered " + answer.statusCode() + ": "
                        + new String(answer.body(), StandardCharsets.UTF_8));
            }
            return json.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox does not answer at " + base, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
