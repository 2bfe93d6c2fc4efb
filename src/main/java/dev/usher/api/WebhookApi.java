package dev.usher.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.audit.Caller;
import dev.usher.dataverse.ContactWebhook;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Webhook", description = "By which Dataverse tells of changed contacts.")
@RestController
@RequestMapping("/api/webhook")
final class WebhookApi {

    private final ContactWebhook webhook;

    WebhookApi(ContactWebhook webhook) {
        this.webhook = webhook;
    }

    /** Where Dataverse is to call. */
    record Wanted(
            @Schema(
                    description =
                            "https://<public host>/hooks/dataverse/contacts; default: usher.dataverse.webhook.url")
            @Nullable
            String url) {}

    @Operation(summary = "Show whether Dataverse is set up to call, and what failed")
    @GetMapping
    ObjectNode show() {
        return webhook.status();
    }

    @Operation(summary = "Set Dataverse up to call; a second time changes nothing")
    @PostMapping
    ObjectNode register(@RequestBody(required = false) @Nullable Wanted wanted, @Nullable Principal principal) {
        return webhook.register(wanted == null ? null : wanted.url(), Caller.name(principal));
    }
}
