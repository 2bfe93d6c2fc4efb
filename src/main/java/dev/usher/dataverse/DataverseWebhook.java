package dev.usher.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.event.IdentityEvent;
import dev.usher.hook.HookRefused;
import dev.usher.hook.HookSecret;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The bean {@code dataverseWebhook} of the route {@code receive-dataverse-contacts}: {@link #verify} the caller,
 * {@link #read} what happened, then the route publishes it and says {@link #accepted}.
 *
 * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/use-webhooks">Webhooks of Dataverse</a>
 */
@Component("dataverseWebhook")
public final class DataverseWebhook implements HookSecret {

    static final String SOURCE = "/dataverse/webhook";
    static final Map<String, String> TYPES =
            Map.of("Create", "contact.created", "Update", "contact.updated", "Delete", "contact.deleted");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final String NO_GUID = "00000000-0000-0000-0000-000000000000";

    private final DataverseSettings.Webhook settings;
    private final List<byte[]> secrets;
    private final ApplicationUser ourselves;
    private final Clock clock;
    private volatile @Nullable Instant lastAccepted;

    DataverseWebhook(DataverseSettings settings, ApplicationUser ourselves, Clock clock) {
        this.settings = settings.webhook();
        this.secrets =
                this.settings.secrets().stream().map(DataverseWebhook::digest).toList();
        this.ourselves = ourselves;
        this.clock = clock;
    }

    /**
     * Lets the call pass when the configured header, or the query parameter {@code code}, holds a secret that is valid
     * now. Then removes every header, and with them the caller's query parameters.
     *
     * @throws HookRefused 401 when neither does
     */
    public void verify(Exchange exchange) {
        var message = exchange.getMessage();
        boolean known = isSecret(message.getHeader(settings.header(), String.class))
                | isSecret(message.getHeader("code", String.class));
        message.removeHeaders("*");
        if (!known) {
            throw new HookRefused(401, "the secret is missing or wrong");
        }
    }

    @Override
    public String path() {
        return "/hooks/dataverse/contacts";
    }

    @Override
    public boolean isIn(HttpServletRequest request) {
        return isSecret(request.getHeader(settings.header())) | isSecret(request.getParameter("code"));
    }

    private boolean isSecret(@Nullable String given) {
        var digest = digest(given == null ? "" : given);
        var equal = false;
        for (var secret : secrets) {
            equal |= MessageDigest.isEqual(secret, digest);
        }
        return equal;
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256; use a complete JDK or JRE", e);
        }
    }

    /**
     * Reads the RemoteExecutionContext in the body: of it only which contact, what happened and who did it. Sets the
     * variable {@code events}: one event, or none for our own write, another table or another message; and the variable
     * {@code answer}, JSON that says so. Attributes and images are never looked at, so that a body which Dataverse
     * stripped for its size serves as well.
     *
     * @throws HookRefused 400 when it is none
     */
    public void read(Exchange exchange) {
        var context = parsed(exchange.getMessage().getBody(byte[].class));
        var message = text(context, "MessageName");
        var entity = text(context, "PrimaryEntityName");
        var id = text(context, "PrimaryEntityId");
        if (!GUID.matcher(id).matches()) {
            throw new HookRefused(400, "PrimaryEntityId is no GUID");
        }
        var type = TYPES.get(message);
        String ignored = null;
        if (!entity.equals("contact")) {
            ignored = "another table than contact";
        } else if (type == null) {
            ignored = "another message than Create, Update and Delete";
        } else if (isOurs(context)) {
            ignored = "written by Usher itself";
        }
        exchange.setVariable(
                "events",
                ignored != null || type == null
                        ? List.of()
                        : List.of(event(context, type, id.toLowerCase(Locale.ROOT))));
        var answer = JsonNodeFactory.instance.objectNode().put("accepted", ignored == null);
        exchange.setVariable("answer", (ignored == null ? answer : answer.put("ignored", ignored)).toString());
    }

    private static JsonNode parsed(byte @Nullable [] body) {
        try {
            var context = body == null || body.length == 0 ? null : JSON.readTree(body);
            if (context != null && context.isObject()) {
                return context;
            }
        } catch (IOException e) {
            throw new HookRefused(400, "the body is no JSON");
        }
        throw new HookRefused(400, "the body must be a JSON object, the RemoteExecutionContext of Dataverse");
    }

    private static String text(JsonNode context, String member) {
        var value = context.path(member).textValue();
        if (value == null || value.isBlank()) {
            throw new HookRefused(400, member + " is missing: send the RemoteExecutionContext of Dataverse");
        }
        return value;
    }

    private boolean isOurs(JsonNode context) {
        if (ourselves.is(context.path("InitiatingUserId").asText(""))) {
            return true;
        }
        for (var variable : context.path("SharedVariables")) {
            if (variable.path("key").asText().equals("tag")
                    && variable.path("value").asText().equals(settings.tag())) {
                return true;
            }
        }
        return false;
    }

    /** The time is that of the acceptance: Dataverse tells its own in whole seconds, by another clock. */
    private IdentityEvent event(JsonNode context, String type, String contactId) {
        var operation = context.path("OperationId").asText(NO_GUID);
        var id = operation.equals(NO_GUID) ? context.path("CorrelationId").asText(NO_GUID) : operation;
        return new IdentityEvent(
                (GUID.matcher(id).matches() && !id.equals(NO_GUID) ? id : UUID.randomUUID()) + "/" + contactId,
                SOURCE,
                type,
                null,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                JsonNodeFactory.instance.objectNode().put(IdentityEvent.CONTACT, contactId));
    }

    /** Notes that a call was accepted: its events, if any, are durable. */
    public void accepted() {
        lastAccepted = clock.instant();
    }

    /** When this node last accepted a call; null when it has not since its start. */
    @Nullable
    Instant lastAccepted() {
        return lastAccepted;
    }
}
