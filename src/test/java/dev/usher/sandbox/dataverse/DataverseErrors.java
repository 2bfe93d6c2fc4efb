package dev.usher.sandbox.dataverse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.entra.EntraTenant;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Json;

/** Dataverse's error envelope and the codes it uses. */
final class DataverseErrors {
    static final String TYPE = "application/json; odata.metadata=minimal";
    static final String REQUESTS = "0x80072322";
    static final String EXECUTION_TIME = "0x80072321";
    static final String CONCURRENT = "0x80072326";

    private DataverseErrors() {}

    static Answer error(int status, String code, String message) {
        ObjectNode body = Json.object();
        body.putObject("error").put("code", code).put("message", message);
        return Answer.json(status, TYPE, body).with("OData-Version", "4.0");
    }

    static Refusal badRequest(String message) {
        return new Refusal(error(400, "0x80060888", message));
    }

    static Refusal badPayload(String message) {
        return new Refusal(
                error(400, "0x80048d19", "Error identified in Payload provided by the user for Entity: " + message));
    }

    static Refusal tooLong(String message) {
        return new Refusal(error(400, "0x80044331", message));
    }

    static Refusal noSegment(String segment) {
        return new Refusal(error(404, "0x8006088a", "Resource not found for the segment '" + segment + "'."));
    }

    static Refusal noRow(Table table, String id) {
        return new Refusal(
                error(404, "0x80040217", "Entity '" + table.name() + "' With Id = " + id + " Does Not Exist"));
    }

    static Refusal exists() {
        return new Refusal(error(412, "0x80040237", "A record with matching key values already exists."));
    }

    static Refusal otherVersion() {
        return new Refusal(error(
                412,
                "0x80060882",
                "The version of the existing record doesn't match the RowVersion property provided."));
    }

    static Refusal duplicate() {
        return new Refusal(error(
                412,
                "0x80040333",
                "A record was not created or updated because a duplicate of the current record already exists."));
    }

    static Refusal expiredToken() {
        return new Refusal(error(
                400,
                "0x80044352",
                "Version stamp associated with the client has expired. Please perform a full sync."));
    }

    static Refusal notAllowed(String method) {
        return new Refusal(error(405, "0x80060888", "The method " + method + " is not supported here."));
    }

    static Answer unauthorized(String resource) {
        return Answer.empty(401)
                .with(
                        "WWW-Authenticate",
                        "Bearer authorization_uri=https://login.microsoftonline.com/" + EntraTenant.WORKFORCE_ID
                                + "/oauth2/authorize, resource_id=" + resource + "/");
    }

    /** What Dataverse would say with this status; for a 429 with this code. */
    static Answer ofStatus(int status, String throttleCode) {
        return switch (status) {
            case 401 -> Answer.empty(401).with("WWW-Authenticate", "Bearer");
            case 403 -> error(403, "0x80040220", "Principal user is missing a privilege.");
            case 404 -> error(404, "0x80040217", "The record Does Not Exist");
            case 412 -> error(412, "0x80060892", "A record that has the same attribute values already exists.");
            case 429 -> tooMany(throttleCode);
            case 500 -> error(500, "0x80040216", "An unexpected error occurred.");
            case 503 -> error(503, "0x80072325", "The service is unavailable.");
            default -> error(status, "0x80040216", "The request failed.");
        };
    }

    static Answer tooMany(String code) {
        return error(
                429,
                code,
                switch (code) {
                    case CONCURRENT -> "Number of concurrent requests exceeded the limit of 52.";
                    case EXECUTION_TIME ->
                        "Combined execution time of incoming requests exceeded limit of 1,200,000 milliseconds over time"
                                + " window of 300 seconds.";
                    default -> "Number of requests exceeded the limit of 6000 over time window of 300 seconds.";
                });
    }
}
