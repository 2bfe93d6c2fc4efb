package dev.usher.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Json;
import org.jspecify.annotations.Nullable;

/** Stripe's error bodies. */
final class StripeErrors {
    private StripeErrors() {}

    static Answer invalidRequest(int status, @Nullable String code, @Nullable String param, String message) {
        return error(status, "invalid_request_error", code, param, message);
    }

    static Answer missing(String id) {
        return invalidRequest(404, "resource_missing", "id", "No such customer: '" + id + "'");
    }

    static Answer unauthorized(@Nullable String key) {
        String message = key == null
                ? "You did not provide an API key. You need to provide your API key in the Authorization header."
                : "Invalid API Key provided: " + masked(key);
        return invalidRequest(401, null, null, message).with("WWW-Authenticate", "Basic realm=\"Stripe\"");
    }

    static Answer idempotency(String key) {
        return error(
                400,
                "idempotency_error",
                null,
                null,
                "Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key"
                        + " other than '" + key + "' if you meant to execute a different request.");
    }

    static Answer inFlight(String key) {
        return error(
                409,
                "idempotency_error",
                "idempotency_key_in_use",
                null,
                "There is currently another in-progress request using this idempotent key: " + key);
    }

    static Answer throttled(String reason) {
        return invalidRequest(429, "rate_limit", null, "Request rate limit exceeded")
                .with("Stripe-Rate-Limited-Reason", reason);
    }

    /** What Stripe would say with this status. */
    static Answer ofStatus(int status) {
        return switch (status) {
            case 401 -> unauthorized("rk_test_ordered");
            case 402 -> error(402, "card_error", "card_declined", null, "Your card was declined.");
            case 403 ->
                invalidRequest(
                        403, null, null, "The provided key does not have the required permissions for this endpoint.");
            case 404 -> missing("cus_ordered");
            case 409 -> inFlight("ordered");
            case 429 -> throttled("global-rate");
            default ->
                status >= 500
                        ? error(status, "api_error", null, null, "An unknown error occurred.")
                        : invalidRequest(status, null, null, "The request was refused.");
        };
    }

    private static Answer error(
            int status, String type, @Nullable String code, @Nullable String param, String message) {
        ObjectNode body = Json.object();
        ObjectNode error = body.putObject("error");
        if (code != null) {
            error.put("code", code).put("doc_url", "https://stripe.com/docs/error-codes/" + code.replace('_', '-'));
        }
        error.put("message", message);
        if (param != null) {
            error.put("param", param);
        }
        error.put("request_log_url", "https://dashboard.stripe.com/test/logs/req_sandbox")
                .put("type", type);
        return Answer.json(status, body);
    }

    private static String masked(String key) {
        return key.length() < 12 ? "****" : key.substring(0, 8) + "****" + key.substring(key.length() - 4);
    }
}
