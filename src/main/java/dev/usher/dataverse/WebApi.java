package dev.usher.dataverse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.usher.event.Urgency;
import dev.usher.token.Tokens;
import dev.usher.vendor.VendorCalls;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Calls Dataverse's Web API as Usher's application user. It repeats nothing but a call that was answered 401, once, with a
 * new token.
 *
 * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/webapi/overview">Web API</a>
 */
@Component
@EnableConfigurationProperties({DataverseSettings.class, Authority.class})
final class WebApi {

    private static final String REGISTRATION = "dataverse";
    private static final String PATH = "/api/data/v9.2/";
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration CALL = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final @Nullable URI base;
    private final Tokens tokens;
    private final VendorCalls calls;
    private final Turns turns;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    WebApi(DataverseSettings settings, Tokens tokens, VendorCalls calls, Turns turns) {
        this.base = settings.url() == null ? null : settings.url().resolve(PATH);
        this.tokens = tokens;
        this.calls = calls;
        this.turns = turns;
    }

    /**
     * Reads.
     *
     * @param target below {@code /api/data/v9.2/}, its values encoded; or a whole link that Dataverse gave
     * @param prefer the header Prefer; blank for none
     * @throws HttpOperationFailedException for every status of 300 and more: as its text Dataverse's error code, and
     *     Retry-After
     * @throws IOException when there was no answer, one that cannot be read, or the link leads elsewhere
     */
    JsonNode get(String target, String prefer) throws IOException, HttpOperationFailedException {
        return get(target, prefer, Urgency.LIVE);
    }

    /** The same; one that is not urgent waits behind the others. */
    JsonNode get(String target, String prefer, Urgency urgency) throws IOException, HttpOperationFailedException {
        return send("GET", target, prefer, null, urgency);
    }

    /** Makes a row and answers it as it then is; failures as with {@link #get}. */
    JsonNode create(String set, JsonNode row) throws IOException, HttpOperationFailedException {
        return send("POST", set, "return=representation", row, Urgency.LIVE);
    }

    /** Changes a row that is there; failures as with {@link #get}. */
    void update(String target, JsonNode row) throws IOException, HttpOperationFailedException {
        send("PATCH", target, "", row, Urgency.LIVE);
    }

    private JsonNode send(String method, String target, String prefer, @Nullable JsonNode body, Urgency urgency)
            throws IOException, HttpOperationFailedException {
        var uri = uri(target);
        var token = tokens.bearer(REGISTRATION);
        if (urgency == Urgency.LIVE) {
            turns.take();
        } else {
            turns.takeBehind();
        }
        var answer = call(method, uri, prefer, body, token);
        if (answer.statusCode() == 401) {
            tokens.drop(REGISTRATION, token);
            answer = call(method, uri, prefer, body, tokens.bearer(REGISTRATION));
        }
        if (answer.statusCode() >= 300) {
            throw failure(uri, answer);
        }
        return answer.body().isBlank() ? MissingNode.getInstance() : JSON.readTree(answer.body());
    }

    private HttpResponse<String> call(String method, URI uri, String prefer, @Nullable JsonNode body, String token)
            throws IOException {
        var call = HttpRequest.newBuilder(uri)
                .timeout(CALL)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json")
                .header("OData-Version", "4.0")
                .header("OData-MaxVersion", "4.0");
        if (!prefer.isEmpty()) {
            call.header("Prefer", prefer);
        }
        if (method.equals("PATCH")) {
            call.header("If-Match", "*");
        }
        if (body == null) {
            call.method(method, BodyPublishers.noBody());
        } else {
            call.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body.toString()));
        }
        try (var counted = calls.begin(REGISTRATION)) {
            var answer = http.send(call.build(), BodyHandlers.ofString());
            counted.answered(answer.statusCode());
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while asking Dataverse");
        }
    }

    /** A link is followed only to where the token belongs. */
    private URI uri(String target) throws IOException {
        if (base == null) {
            throw new IllegalStateException("usher.dataverse.url is not set");
        }
        if (!target.contains("://")) {
            return URI.create(base + target);
        }
        if (!target.startsWith(base.toString())) {
            throw new IOException(
                    "a link of Dataverse leads away from usher.dataverse.url; the token is not sent there");
        }
        return URI.create(target.replace(" ", "%20"));
    }

    private static HttpOperationFailedException failure(URI uri, HttpResponse<String> answer) {
        var retryAfter = answer.headers().firstValue("Retry-After");
        return new HttpOperationFailedException(
                uri.getPath(),
                answer.statusCode(),
                code(answer.body()),
                null,
                retryAfter.map(value -> Map.of("Retry-After", value)).orElse(Map.of()),
                null);
    }

    private static String code(String body) {
        try {
            return JSON.readTree(body).path("error").path("code").asText("");
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    /** A value as it may stand in a target. */
    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
