package dev.usher.sandbox.sql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Json;
import dev.usher.sandbox.server.LoggedCall;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A committed change of one row, shown like a request.
 *
 * @param method INSERT, UPDATE or DELETE
 * @param body the row after it, as JSON text; null after a DELETE
 */
record RowChange(
        Instant at,
        String method,
        String objectId,
        @Nullable String body) implements LoggedCall {
    @Override
    public String target() {
        return "/customers/" + objectId;
    }

    @Override
    public ObjectNode toJson() {
        ObjectNode json =
                Json.object().put("at", at.toString()).put("method", method).put("path", target());
        json.putObject("headers");
        return json.put("body", body).put("status", 200);
    }
}
