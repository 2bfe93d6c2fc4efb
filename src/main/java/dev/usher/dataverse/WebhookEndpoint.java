package dev.usher.dataverse;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * {@code /actuator/webhook} on the management port: GET shows whether Dataverse is set up to call and what failed, POST
 * {@code {"url": "…"}} registers; the url may be left out when {@code usher.dataverse.webhook.url} is set.
 */
@Component
@Endpoint(id = "webhook")
final class WebhookEndpoint {

    private static final Logger log = LoggerFactory.getLogger(WebhookEndpoint.class);
    private static final int NOT_USED = 409;
    private static final int NO_ANSWER = 502;

    private final WebhookRegistration registration;
    private final DataverseWebhook webhook;
    private final DataverseSettings settings;

    WebhookEndpoint(WebhookRegistration registration, DataverseWebhook webhook, DataverseSettings settings) {
        this.registration = registration;
        this.webhook = webhook;
        this.settings = settings;
    }

    @ReadOperation
    WebEndpointResponse<ObjectNode> show() {
        return answer(() -> {});
    }

    @WriteOperation
    WebEndpointResponse<ObjectNode> register(@Nullable String url) {
        return answer(
                () -> registration.register(url == null ? settings.webhook().url() : url));
    }

    private interface Work {
        void run() throws IOException, HttpOperationFailedException;
    }

    private WebEndpointResponse<ObjectNode> answer(Work work) {
        if (!settings.enabled()) {
            return error(NOT_USED, "Dataverse is not used: set usher.dataverse.enabled to true");
        }
        try {
            work.run();
            var status = registration.status();
            var last = webhook.lastAccepted();
            return new WebEndpointResponse<>(status.put("lastAccepted", last == null ? null : last.toString()));
        } catch (IllegalArgumentException e) {
            return error(WebEndpointResponse.STATUS_BAD_REQUEST, String.valueOf(e.getMessage()));
        } catch (HttpOperationFailedException e) {
            return error(NO_ANSWER, "Dataverse answered " + e.getStatusCode() + " " + e.getStatusText());
        } catch (IOException e) {
            return error(NO_ANSWER, "Dataverse did not answer: " + e.getMessage());
        }
    }

    private static WebEndpointResponse<ObjectNode> error(int status, String message) {
        return new WebEndpointResponse<>(JsonNodeFactory.instance.objectNode().put("error", message), status);
    }

    /** Registers at the start where that is configured; a failure is told, and change tracking serves until it is mended. */
    @EventListener(ApplicationReadyEvent.class)
    void atStart() {
        if (!settings.enabled() || !settings.webhook().register()) {
            return;
        }
        var answer = register(null);
        if (answer.getStatus() == WebEndpointResponse.STATUS_OK) {
            log.info("Webhook: Dataverse calls {}", settings.webhook().url());
        } else {
            log.warn(
                    "Webhook: not registered, {}; contacts come by change tracking alone",
                    answer.getBody() == null
                            ? ""
                            : answer.getBody().path("error").asText());
        }
    }
}
