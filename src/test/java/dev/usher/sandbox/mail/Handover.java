package dev.usher.sandbox.mail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Json;
import dev.usher.sandbox.server.LoggedCall;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A try to hand over a mail, shown like a request.
 *
 * @param status the SMTP reply; null when the connection was cut instead
 */
record Handover(Instant at, String from, @Nullable Integer status) implements LoggedCall {
    @Override
    public String method() {
        return "MAIL";
    }

    @Override
    public String target() {
        return MailSystem.TARGET;
    }

    @Override
    public ObjectNode toJson() {
        ObjectNode json =
                Json.object().put("at", at.toString()).put("method", method()).put("path", target());
        json.putObject("headers").put("From", from);
        return json.putNull("body").put("status", status);
    }
}
