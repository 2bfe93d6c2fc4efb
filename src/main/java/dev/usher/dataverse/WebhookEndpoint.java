package dev.usher.dataverse;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.request.RequestProblem;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.SecurityContext;
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

    private final ContactWebhook webhook;
    private final DataverseSettings settings;

    WebhookEndpoint(ContactWebhook webhook, DataverseSettings settings) {
        this.webhook = webhook;
        this.settings = settings;
    }

    @ReadOperation
    WebEndpointResponse<ObjectNode> show() {
        return answer(webhook::status);
    }

    @WriteOperation
    WebEndpointResponse<ObjectNode> register(SecurityContext security, @Nullable String url) {
        return answer(() -> webhook.register(url, security.getPrincipal().getName()));
    }

    private static WebEndpointResponse<ObjectNode> answer(Supplier<ObjectNode> work) {
        try {
            return new WebEndpointResponse<>(work.get());
        } catch (RequestProblem problem) {
            return new WebEndpointResponse<>(
                    JsonNodeFactory.instance.objectNode().put("error", problem.words()),
                    problem.kind().status());
        }
    }

    /** Registers at the start where that is configured; a failure is told, and change tracking serves until it is mended. */
    @EventListener(ApplicationReadyEvent.class)
    void atStart() {
        if (!settings.enabled() || !settings.webhook().register()) {
            return;
        }
        try {
            webhook.register(null);
            log.info("Webhook: Dataverse calls {}", settings.webhook().url());
        } catch (RequestProblem problem) {
            log.warn("Webhook: not registered, {}; contacts come by change tracking alone", problem.words());
        }
    }
}
