package dev.usher.dataverse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.audit.AuditTrail;
import dev.usher.request.RequestProblem;
import java.io.IOException;
import java.time.Instant;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What an operator sees and does of the webhook, for the API, the console, commands and the management port alike. */
@Component
public final class ContactWebhook {

    /** The source of the events that come by it. */
    public static final String SOURCE = DataverseWebhook.SOURCE;

    private final WebhookRegistration registration;
    private final DataverseWebhook webhook;
    private final DataverseSettings settings;
    private final AuditTrail audit;

    ContactWebhook(
            WebhookRegistration registration, DataverseWebhook webhook, DataverseSettings settings, AuditTrail audit) {
        this.registration = registration;
        this.webhook = webhook;
        this.settings = settings;
        this.audit = audit;
    }

    /** Whether Usher uses Dataverse at all. */
    public boolean isUsed() {
        return settings.enabled();
    }

    /** When this node last accepted a call; null when it has not since its start. */
    public @Nullable Instant lastAccepted() {
        return webhook.lastAccepted();
    }

    /**
     * Whether Dataverse is set up to call, with which attributes, what failed, and when a call was last accepted.
     *
     * @throws RequestProblem when Dataverse is not used, or does not answer
     */
    public ObjectNode status() {
        return asked(() -> {});
    }

    /**
     * Sets Dataverse up to call; what is there already is kept, and mended where it differs.
     *
     * @param url where Dataverse is to call; null for {@code usher.dataverse.webhook.url}
     * @param by who asked for it
     * @return the state afterwards
     * @throws RequestProblem when Dataverse is not used, or does not answer, or the url or a secret is missing
     */
    public ObjectNode register(@Nullable String url, String by) {
        var status = register(url);
        audit.record(by, "register-webhook", status.path("url").asText(), null);
        return status;
    }

    ObjectNode register(@Nullable String url) {
        return asked(
                () -> registration.register(url == null ? settings.webhook().url() : url));
    }

    private interface Work {
        void run() throws IOException, HttpOperationFailedException;
    }

    private ObjectNode asked(Work work) {
        if (!settings.enabled()) {
            throw RequestProblem.conflict("Dataverse is not used: set usher.dataverse.enabled to true");
        }
        try {
            work.run();
            var last = webhook.lastAccepted();
            return registration.status().put("lastAccepted", last == null ? null : last.toString());
        } catch (IllegalArgumentException e) {
            throw RequestProblem.wrong(String.valueOf(e.getMessage()));
        } catch (HttpOperationFailedException e) {
            throw RequestProblem.unreachable("Dataverse answered " + e.getStatusCode() + " " + e.getStatusText());
        } catch (IOException e) {
            throw RequestProblem.unreachable("Dataverse did not answer: " + e.getMessage());
        }
    }
}
