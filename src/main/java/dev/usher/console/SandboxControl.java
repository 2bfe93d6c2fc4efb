package dev.usher.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.usher.request.RequestProblem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The control API of the simulators, on this machine. */
@Component
@Profile("sandbox")
final class SandboxControl {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI address;

    SandboxControl(@Value("${sandbox.port.control:9400}") int port) {
        this.address = URI.create("http://127.0.0.1:" + port);
    }

    /**
     * @param body JSON; null for none
     * @return what was answered; missing when that was nothing
     * @throws RequestProblem when the simulators refuse, with their words, or do not run
     */
    JsonNode call(String method, String path, @Nullable JsonNode body) {
        return content(ask(method, path, body));
    }

    /** Reads all of these at once. @return the answers in the same order @throws RequestProblem as above, for any of them */
    List<JsonNode> read(List<String> paths) {
        var asked = paths.stream().map(path -> ask("GET", path, null)).toList();
        return asked.stream().map(this::content).toList();
    }

    private CompletableFuture<HttpResponse<String>> ask(String method, String path, @Nullable JsonNode body) {
        var request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString());
    }

    private JsonNode content(Future<HttpResponse<String>> asked) {
        try {
            var answer = asked.get();
            var content = answer.body().isBlank() ? MissingNode.getInstance() : json.readTree(answer.body());
            if (answer.statusCode() >= 400) {
                throw RequestProblem.wrong("The sandbox says no: " + words(content, answer.statusCode()));
            }
            return content;
        } catch (ExecutionException | IOException e) {
            throw RequestProblem.unreachable(
                    "The control API of the sandbox does not answer at " + address
                            + ": start Usher with mvn spring-boot:test-run, or the simulators alone, or set sandbox.port.control");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RequestProblem.unreachable("Usher stops");
        }
    }

    private static String words(JsonNode content, int status) {
        var error = content.path("error");
        return error.isTextual() ? error.asText() : error.path("message").asText("it answered " + status);
    }
}
