package dev.usher.sandbox.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Json;
import dev.usher.sandbox.server.RandomIds;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Microsoft Graph's error envelope. */
final class GraphErrors {
    static final String TYPE =
            "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private final Clock clock;

    GraphErrors(Clock clock) {
        this.clock = clock;
    }

    Answer error(int status, String code, String message) {
        return error(status, code, message, null, null);
    }

    Answer badRequest(String message) {
        return error(400, "Request_BadRequest", message);
    }

    Answer unsupported(String message) {
        return error(400, "Request_UnsupportedQuery", message);
    }

    Answer notFound(String id) {
        return error(
                404,
                "Request_ResourceNotFound",
                "Resource '" + id
                        + "' does not exist or one of its queried reference-property objects are not present.");
    }

    Answer conflict(String property) {
        return error(
                400,
                "Request_BadRequest",
                "Another object with the same value for property " + property + " already exists.",
                "ObjectConflict",
                property);
    }

    Answer badToken(String message) {
        return error(401, "InvalidAuthenticationToken", message).with("WWW-Authenticate", "Bearer realm=\"\"");
    }

    /** What Graph would say with this status. */
    Answer ofStatus(int status) {
        return switch (status) {
            case 401 -> badToken("Access token has expired or is not yet valid.");
            case 403 -> error(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
            case 404 -> notFound("ordered");
            case 409 -> error(409, "Request_Conflict", "The request conflicts with another one.");
            case 429 -> error(429, "TooManyRequests", "Too many requests.");
            case 503 -> error(503, "ServiceUnavailable", "The service is temporarily unavailable.");
            case 504 -> error(504, "GatewayTimeout", "The server did not answer in time.");
            default ->
                status >= 500
                        ? error(status, "UnknownError", "")
                        : error(status, "Request_BadRequest", "The request was refused.");
        };
    }

    private Answer error(int status, String code, String message, @Nullable String detail, @Nullable String target) {
        String requestId = RandomIds.uuid();
        ObjectNode body = Json.object();
        ObjectNode error = body.putObject("error").put("code", code).put("message", message);
        if (detail != null) {
            error.putArray("details")
                    .addObject()
                    .put("code", detail)
                    .put("message", message)
                    .put("target", target);
        }
        error.putObject("innerError")
                .put("date", DATE.format(clock.instant()))
                .put("request-id", requestId)
                .put("client-request-id", requestId);
        return Answer.json(status, TYPE, body);
    }
}
