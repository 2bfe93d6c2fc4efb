package dev.usher.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.delivery.HeldBack;
import dev.usher.event.IdentityEvent;
import dev.usher.event.Urgency;
import dev.usher.gather.Attempt;
import dev.usher.gather.Gather;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The contacts of Dataverse; the bean {@code contacts} of the route {@code make-user}.
 *
 * <p>Callers at the same moment share one request. After a 429 nobody asks again before the time that Dataverse named.
 */
@Component("contacts")
public final class Contacts {

    private static final int MOST_PER_REQUEST = 20;
    private static final int REQUESTS_AT_ONCE = 4; // of the 52 that Dataverse allows to one user
    private static final Duration UNNAMED_PAUSE = Duration.ofSeconds(5);
    private static final String CONTACT = "contact";

    private final boolean enabled;
    private final List<String> groups;
    private final Clock clock;
    private final Gather<String, Attempt<List<Contact>>> byUser;
    private final Gather<String, Attempt<List<Contact>>> byUserBehind;
    private final Gather<String, Attempt<List<Contact>>> byId;
    private volatile Instant quietUntil = Instant.EPOCH;

    Contacts(DataverseSettings settings, Authority authority, ContactReads reads, Clock clock) {
        this.enabled = settings.enabled();
        this.groups = authority.ofDataverse();
        this.clock = clock;
        this.byUser = new Gather<>("contacts-of-users", MOST_PER_REQUEST, REQUESTS_AT_ONCE, reads::ofUsers);
        // apart, so that nobody live waits for a turn that is not urgent
        this.byUserBehind = new Gather<>("contacts-of-users-behind", MOST_PER_REQUEST, 1, reads::ofUsersBehind);
        this.byId = new Gather<>("contacts-by-id", MOST_PER_REQUEST, REQUESTS_AT_ONCE, reads::byIds);
        if (groups.contains("consent") && settings.columns().consent().isEmpty()) {
            throw new IllegalArgumentException(
                    "usher.authority.consent is dataverse, but usher.dataverse.columns.consent"
                            + " names no column: name it, or leave the consent to entra");
        }
    }

    /**
     * Sets the variable {@code contact}, JSON as text, for the SCIM user in the body: what the contact shows and for
     * which groups of attributes it has the last word; or {@code {"several": [ids]}} when several contacts belong to the
     * user and none is believed; null when there is none, for a deleted user, and while Dataverse is not used. An inactive
     * contact counts only when there is no active one. Where the variable {@code urgency} is {@link Urgency#BULK} the read waits
     * behind others.
     *
     * @throws HeldBack when Dataverse asked for a pause
     * @throws HttpOperationFailedException when it refused
     * @throws IOException when it did not answer
     */
    public void attach(Exchange exchange) throws IOException, HttpOperationFailedException {
        if (!enabled) {
            return;
        }
        boolean urgent = exchange.getVariable("urgency") != Urgency.BULK;
        var user = exchange.getMessage().getBody(JsonNode.class);
        var contact = user.path(IdentityEvent.EXTENSION).path("state").asText().equals("deleted")
                ? null
                : of(urgent ? byUser : byUserBehind, user.path("id").asText());
        exchange.setVariable(CONTACT, contact == null ? null : contact.toString());
    }

    private @Nullable ObjectNode of(Gather<String, Attempt<List<Contact>>> asked, String objectId)
            throws IOException, HttpOperationFailedException {
        var all = ask(asked, objectId);
        var active = all.stream().filter(Contact::active).toList();
        var believable = active.isEmpty() ? all : active;
        if (believable.size() == 1) {
            return believable.get(0).shown(groups);
        }
        if (believable.isEmpty()) {
            return null;
        }
        var several = JsonNodeFactory.instance.objectNode();
        var ids = several.putArray("several");
        believable.stream().map(Contact::id).sorted().forEach(ids::add);
        return several;
    }

    /** The contact of this id, active or not; null when Dataverse holds none. Failures as with {@link #attach}. */
    public @Nullable Contact find(String contactId) throws IOException, HttpOperationFailedException {
        var found = ask(byId, contactId);
        return found.isEmpty() ? null : found.get(0);
    }

    private List<Contact> ask(Gather<String, Attempt<List<Contact>>> reads, String key)
            throws IOException, HttpOperationFailedException {
        var left = Duration.between(clock.instant(), quietUntil);
        if (!left.isNegative() && !left.isZero()) {
            throw new HeldBack("Dataverse asked for a pause", left);
        }
        try {
            return reads.call(key).get(IOException.class, HttpOperationFailedException.class);
        } catch (HttpOperationFailedException e) {
            if (e.getStatusCode() != 429) {
                throw e;
            }
            var pause = retryAfter(e);
            quietUntil = clock.instant().plus(pause);
            throw new HeldBack("Dataverse asked for a pause", pause);
        }
    }

    private static Duration retryAfter(HttpOperationFailedException e) {
        var named =
                e.getResponseHeaders() == null ? null : e.getResponseHeaders().get("Retry-After");
        return named != null && named.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(named)) : UNNAMED_PAUSE;
    }
}
