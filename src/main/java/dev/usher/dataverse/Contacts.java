package dev.usher.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.delivery.HeldBack;
import dev.usher.event.IdentityEvent;
import dev.usher.event.Urgency;
import dev.usher.gather.Attempt;
import dev.usher.gather.Gather;
import dev.usher.projection.Projections;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The contacts of Dataverse; the bean {@code contacts} of the route {@code make-user}.
 *
 * <p>Callers at the same moment share one request. While Dataverse does not answer, or refuses, nobody is parked for it.
 */
@Component("contacts")
public final class Contacts {

    private static final int MOST_PER_REQUEST = 20;
    private static final int REQUESTS_AT_ONCE = 4; // of the 52 that Dataverse allows to one user
    private static final String CONTACT = "contact";

    private final boolean enabled;
    private final List<String> groups;
    private final ContactReads reads;
    private final Outage outage;
    private final Projections projections;
    private final Gather<String, Attempt<List<Contact>>> byUser;
    private final Gather<String, Attempt<List<Contact>>> byUserBehind;
    private final Gather<String, Attempt<List<Contact>>> byId;

    Contacts(
            DataverseSettings settings,
            Authority authority,
            ContactReads reads,
            Outage outage,
            Projections projections) {
        this.enabled = settings.enabled();
        this.groups = authority.ofDataverse();
        this.reads = reads;
        this.outage = outage;
        this.projections = projections;
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
     * contact counts only when there is no active one.
     *
     * <p>Somebody who never had a contact goes on without one when it cannot be read; the variable {@code contactUnread} is
     * then true. Where the variable {@code urgency} is {@link Urgency#BULK} the read waits behind others.
     *
     * @throws HeldBack when the contact of a user who has one cannot be read now
     */
    public void attach(Exchange exchange) {
        if (!enabled) {
            return;
        }
        var user = exchange.getMessage().getBody(JsonNode.class);
        var objectId = user.path("id").asText();
        exchange.setVariable(CONTACT, null);
        if (user.path(IdentityEvent.EXTENSION).path("state").asText().equals("deleted")) {
            return;
        }
        try {
            boolean urgent = exchange.getVariable("urgency") != Urgency.BULK;
            var contact = of(urgent ? byUser : byUserBehind, objectId);
            exchange.setVariable(CONTACT, contact == null ? null : contact.toString());
        } catch (HeldBack notNow) {
            if (hasContact(objectId)) {
                throw notNow;
            }
            exchange.setVariable("contactUnread", true);
        }
    }

    private boolean hasContact(String objectId) {
        return projections.contact(objectId) != null
                || projections.find(objectId).existsIn("dataverse");
    }

    private @Nullable ObjectNode of(Gather<String, Attempt<List<Contact>>> asked, String objectId) {
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

    /**
     * The contact of this id, active or not; null when Dataverse holds none.
     *
     * @throws HeldBack when it cannot be read now
     */
    public @Nullable Contact find(String contactId) {
        var found = ask(byId, contactId);
        return found.isEmpty() ? null : found.get(0);
    }

    /**
     * Those of these users who have a contact, in their order; read behind others.
     *
     * @param objectIds at most 20
     * @throws HeldBack when that cannot be read now
     */
    List<String> owners(List<String> objectIds) {
        var found = answer(() -> reads.ofUsersBehind(objectIds));
        var owners = new ArrayList<String>();
        for (int i = 0; i < objectIds.size(); i++) {
            if (!found.get(i).isEmpty()) {
                owners.add(objectIds.get(i));
            }
        }
        return owners;
    }

    private List<Contact> ask(Gather<String, Attempt<List<Contact>>> asked, String key) {
        return answer(() -> List.of(asked.call(key))).get(0);
    }

    /** All of what is read, or nothing: one failure is one of Dataverse. */
    private List<List<Contact>> answer(Supplier<List<Attempt<List<Contact>>>> question) {
        outage.enter();
        try {
            var found = new ArrayList<List<Contact>>();
            for (var attempt : question.get()) {
                found.add(attempt.get(IOException.class, HttpOperationFailedException.class));
            }
            outage.answered();
            return found;
        } catch (IOException | HttpOperationFailedException | RuntimeException e) {
            throw outage.failed(e);
        }
    }
}
