package dev.usher.entra;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;

/**
 * What Graph answered to one request of a {@code $batch}.
 *
 * @param retryAfter seconds, as Graph sent them with this answer; null when it sent none
 * @param body JSON; missing for an answer without one
 */
public record GraphAnswer(int status, @Nullable String retryAfter, JsonNode body) {

    public boolean succeeded() {
        return status >= 200 && status < 300;
    }

    /** Graph's error message; empty when there is none. For telling answers apart only: it may name people. */
    public String message() {
        return body.path("error").path("message").asText("");
    }

    /** Graph's error code, such as {@code Request_ResourceNotFound}; empty when there is none. */
    public String code() {
        return body.path("error").path("code").asText("");
    }

    /**
     * This answer as a failure for the policy of deliveries, with the body for the destination's {@code answers.jq}.
     *
     * @param path of the request
     */
    public HttpOperationFailedException failure(String path) {
        return new HttpOperationFailedException(
                path,
                status,
                code(),
                null,
                retryAfter == null ? Map.of() : Map.of("Retry-After", retryAfter),
                body.isObject() ? body.toString() : null);
    }
}
