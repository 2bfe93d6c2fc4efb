package dev.usher.sandbox.mailchimp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Json;
import dev.usher.sandbox.server.RandomIds;
import java.util.List;

/** Mailchimp's problem documents. Some of its real ones have no type, and so have these. */
final class MailchimpErrors {
    private static final String TYPE = "https://mailchimp.com/developer/marketing/docs/errors/";

    private MailchimpErrors() {}

    /** One wrong field. */
    record Field(String field, String message) {}

    static Answer invalid(String field, String message) {
        return invalid(
                "The resource submitted could not be validated. For field-specific details, see the 'errors' array.",
                List.of(new Field(field, message)));
    }

    static Answer invalid(String detail, List<Field> fields) {
        ObjectNode body = problem(400, "Invalid Resource", detail, true);
        ArrayNode errors = body.putArray("errors");
        fields.forEach(one -> errors.addObject().put("field", one.field()).put("message", one.message()));
        return answer(body);
    }

    static Answer invalid(String detail) {
        return answer(problem(400, "Invalid Resource", detail, true));
    }

    static Answer notFound() {
        return answer(problem(404, "Resource Not Found", "The requested resource could not be found.", true));
    }

    static Answer notAllowed(String detail) {
        return answer(problem(405, "Method Not Allowed", detail, true));
    }

    static Answer compliance(String email) {
        return answer(problem(
                400,
                "Member In Compliance State",
                email
                        + " is in a compliance state due to unsubscribe, bounce, or compliance review and cannot be subscribed.",
                true));
    }

    static Answer forgotten(String email) {
        return answer(problem(
                400,
                "Forgotten Email Not Subscribed",
                email
                        + " was permanently deleted and cannot be re-imported. The contact must re-subscribe to get back on the list.",
                false));
    }

    static Answer exists(String email) {
        return answer(problem(
                400,
                "Member Exists",
                email + " is already a list member. Use PUT to insert or update list members.",
                false));
    }

    static Answer unauthorized() {
        return answer(problem(
                401,
                "API Key Invalid",
                "Your API key may be invalid, or you've attempted to access the wrong datacenter.",
                true));
    }

    static Answer tooMany() {
        return answer(
                problem(429, "Too Many Requests", "You have exceeded the limit of 10 simultaneous connections.", true));
    }

    /** What Mailchimp would say with this status. */
    static Answer ofStatus(int status) {
        return switch (status) {
            case 401 -> unauthorized();
            case 403 -> answer(problem(403, "Forbidden", "You are not permitted to access this resource.", true));
            case 404 -> notFound();
            case 405 -> notAllowed("The requested method and resource are not compatible.");
            case 429 -> tooMany();
            case 500 -> answer(problem(500, "Internal Server Error", "A deep internal error has occurred.", true));
            case 503 -> answer(problem(503, "Service Unavailable", "The service is temporarily unavailable.", true));
            default ->
                answer(problem(status, status >= 500 ? "Server Error" : "Bad Request", "The request failed.", true));
        };
    }

    private static ObjectNode problem(int status, String title, String detail, boolean typed) {
        ObjectNode body = Json.object();
        if (typed) {
            body.put("type", TYPE);
        }
        return body.put("title", title)
                .put("status", status)
                .put("detail", detail)
                .put("instance", RandomIds.uuid());
    }

    private static Answer answer(ObjectNode problem) {
        return Answer.json(problem.get("status").intValue(), "application/problem+json; charset=utf-8", problem)
                .with("X-Request-Id", problem.get("instance").textValue())
                .with(
                        "Link",
                        "<https://us19.api.mailchimp.com/schema/3.0/ProblemDetailDocument.json>; rel=\"describedBy\"");
    }
}
