package dev.usher.sandbox.salesforce;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Json;
import java.util.List;

/** Salesforce's two kinds of errors: an array on the REST API, an object at the token endpoint. */
final class SalesforceErrors {
    private SalesforceErrors() {}

    static Answer of(int status, String code, String message, String... fields) {
        ArrayNode body = Json.array();
        ObjectNode error = body.addObject().put("message", message).put("errorCode", code);
        if (fields.length > 0) {
            ArrayNode named = error.putArray("fields");
            List.of(fields).forEach(named::add);
        }
        return Answer.json(status, "application/json;charset=UTF-8", body);
    }

    static Answer oauth(String error, String description) {
        return Answer.json(
                400,
                "application/json;charset=UTF-8",
                Json.object().put("error", error).put("error_description", description));
    }

    static Answer notFound() {
        return of(404, "NOT_FOUND", "The requested resource does not exist");
    }

    static Answer sessionInvalid() {
        return of(401, "INVALID_SESSION_ID", "Session expired or invalid");
    }

    static Answer dayUsedUp() {
        return of(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
    }

    static Answer tooManyAtOnce() {
        return of(403, "REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests (Concurrent API Requests) Limit exceeded.");
    }

    /** What Salesforce would say with this status. */
    static Answer ofStatus(int status) {
        return switch (status) {
            case 400 -> of(400, "FIELD_CUSTOM_VALIDATION_EXCEPTION", "The record breaks a validation rule of the org");
            case 401 -> sessionInvalid();
            case 403 -> of(403, "INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id");
            case 404 -> notFound();
            case 405 -> of(405, "METHOD_NOT_ALLOWED", "HTTP Method not allowed");
            case 429 -> of(429, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
            case 503 -> of(503, "SERVER_UNAVAILABLE", "The server is temporarily unavailable");
            default -> of(status, "UNKNOWN_EXCEPTION", "An unexpected error occurred");
        };
    }
}
