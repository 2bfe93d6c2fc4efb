package dev.usher.token;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.http.base.HttpOperationFailedException;

/** One call of a token endpoint, with bounded times; nothing is repeated and no redirect followed. */
final class TokenCall {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration READ = Duration.ofSeconds(15);

    /** An OAuth error code, which stands behind its member name, and Entra's own number. */
    private static final Pattern CODES = Pattern.compile("(?<=\"error\":\")\\w+|AADSTS\\d+");

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /**
     * Sends it and waits for the answer.
     *
     * @param endpoint what a refusal is said to come from
     * @throws HttpOperationFailedException when the endpoint refused; a 400 is shown as 401
     * @throws IOException when it did not answer
     */
    HttpResponse<String> send(HttpRequest.Builder call, URI endpoint) throws IOException, HttpOperationFailedException {
        try {
            var answer = http.send(call.timeout(READ).build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw refusal(answer, endpoint);
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while asking for a token");
        }
    }

    /**
     * 400 becomes 401: a refused credential is never the fault of the message that needed the token, so the message must
     * wait for it to be mended instead of being parked. Of the body only the error's codes are kept.
     */
    private static HttpOperationFailedException refusal(HttpResponse<String> answer, URI endpoint) {
        var status = answer.statusCode() == 400 ? 401 : answer.statusCode();
        var codes =
                CODES.matcher(answer.body()).results().map(MatchResult::group).distinct();
        var retryAfter = answer.headers().firstValue("Retry-After");
        return new HttpOperationFailedException(
                endpoint.toString(),
                status,
                codes.collect(Collectors.joining(" ")),
                null,
                retryAfter.map(value -> Map.of("Retry-After", value)).orElse(Map.of()),
                null);
    }
}
