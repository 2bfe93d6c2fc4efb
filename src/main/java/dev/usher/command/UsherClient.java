package dev.usher.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;

/** Calls the API of a running Usher. Every failure is a {@link CommandFailure} that says what, where and what to do. */
final class UsherClient {

    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWERED_WITHIN = Duration.ofMinutes(2);
    private static final int UNAUTHORISED = 401;
    private static final int FORBIDDEN = 403;
    private static final int FIRST_FAILURE = 400;
    private static final int FIRST_FAULT = 500;

    private final HttpClient http;
    private final ObjectMapper json = new ObjectMapper();
    private final URI url;
    private final Path keyFile;
    private final String key;

    /** @param keyFile read now; a second client reads it anew, for Usher writes another key at each start */
    UsherClient(URI url, Path keyFile, SSLContext tls) {
        this.http = HttpClient.newBuilder()
                .connectTimeout(CONNECTED_WITHIN)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(tls)
                .build();
        this.url = url;
        this.keyFile = keyFile;
        this.key = read(keyFile);
    }

    private String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw CommandFailure.unreachable("The key of the running Usher cannot be read from "
                    + file.toAbsolutePath().normalize() + " (" + e.getClass().getSimpleName()
                    + "). Usher writes it at its start, for its own user alone: see that it runs, and start the command as"
                    + " that user, in the same folder and with the same environment, or say --key-file.");
        }
    }

    /** @param path below the root, such as {@code /api/people}, with its query */
    JsonNode get(String path) {
        return call("GET", path, "");
    }

    /** @param body JSON */
    JsonNode post(String path, JsonNode body) {
        return call("POST", path, body.toString());
    }

    /** A value as part of a path or query. */
    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode call(String method, String path, String body) {
        var request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(ANSWERED_WITHIN)
                .header("Authorization", "Bearer " + key)
                .header("Accept", "application/json, application/problem+json")
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            return answer(http.send(request, BodyHandlers.ofString()));
        } catch (ConnectException e) {
            throw CommandFailure.unreachable("Usher does not answer at " + url + ". Is it running, and is this its port"
                    + " (server.port, USHER_PORT)? Start it, or say where it is by --url.");
        } catch (HttpTimeoutException e) {
            throw CommandFailure.unreachable("Usher took longer than " + ANSWERED_WITHIN.toSeconds()
                    + " s to answer at " + url + ". Look at its log; what was asked may still be done.");
        } catch (SSLHandshakeException e) {
            throw CommandFailure.unreachable(
                    "The certificate that " + url + " shows is not trusted. Start the command in the"
                            + " folder that holds the config/ of that Usher, or name a trust store by"
                            + " java -Djavax.net.ssl.trustStore=<file> -jar usher.jar, and the host as the certificate does.");
        } catch (IOException e) {
            throw CommandFailure.unreachable(
                    "The connection to " + url + " broke (" + e.getClass().getSimpleName()
                            + "). See that it is Usher that listens there, and that http or https is right.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.unreachable("Interrupted; what was asked of Usher may still be done.");
        }
    }

    private JsonNode answer(HttpResponse<String> response) {
        int status = response.statusCode();
        var body = parsed(response.body());
        if (status < FIRST_FAILURE && !body.isMissingNode()) {
            return body;
        }
        if (status == UNAUTHORISED || status == FORBIDDEN) {
            throw CommandFailure.unreachable("Usher at " + url + " does not accept the key of "
                    + keyFile.toAbsolutePath().normalize()
                    + ": it belongs to another Usher, or to one that has ended. Name the right one by --key-file.");
        }
        var detail = body.path("detail").asText("");
        if (detail.isEmpty()) {
            throw CommandFailure.unreachable("The answer from " + url + " (" + status
                    + ") is not one of Usher. See what listens there, or say where Usher is by --url.");
        }
        throw status < FIRST_FAULT ? CommandFailure.wrongUse(detail) : CommandFailure.unreachable(detail);
    }

    private JsonNode parsed(String body) {
        try {
            return json.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
