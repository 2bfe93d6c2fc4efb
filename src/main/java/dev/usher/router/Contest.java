package dev.usher.router;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.content.Fingerprint;
import dev.usher.event.IdentityEvent;
import dev.usher.projection.LinkedContact;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What came of weighing the directory and the contact of one user, as {@link Sides} wrote it into the SCIM user.
 *
 * @param linked what is to be remembered of it
 * @param losers the systems that are overruled, by the names of their destinations: they are written although nothing
 *     changed for them
 * @param reasons one for each group of attributes that was changed on both sides, or differed when first seen
 */
record Contest(LinkedContact linked, Set<String> losers, List<String> reasons) {

    static final String DIRECTORY = "entra";
    static final String DATAVERSE = "dataverse";

    /**
     * The contest about this SCIM user; null when no contact belongs to it and none did before. Where none does any more,
     * or several do, only the consent is remembered.
     *
     * @param before what was remembered; null for nothing
     * @param remoteId the contact that Dataverse's destination writes to; null for none
     */
    static @Nullable Contest of(
            ObjectNode user,
            String subject,
            long version,
            @Nullable LinkedContact before,
            @Nullable String remoteId,
            Fingerprint fingerprint) {
        var extension = user.path(IdentityEvent.EXTENSION);
        var contact = extension.path("contact");
        if (!contact.path("id").isTextual()) {
            return before == null ? null : withoutContact(user, version, before, fingerprint);
        }
        var groups = new Groups(extension.path("directory"), contact, routed(user), before, fingerprint);
        var losers = new LinkedHashSet<String>();
        var reasons = new ArrayList<String>();
        for (var group : contact.path("contested")) {
            losers.add(groups.loser(group.asText()));
            reasons.add(group.asText() + " changed in " + groups.loser(group.asText()) + " as well: "
                    + groups.winner(group.asText()) + " is the authority");
        }
        for (var group : contact.path("different")) {
            if (groups.loser(group.asText()).equals(DATAVERSE)) {
                losers.add(DATAVERSE);
            }
            reasons.add(group.asText() + " differ in " + groups.loser(group.asText()) + ": "
                    + groups.winner(group.asText()) + " is the authority");
        }
        if (remoteId != null
                && groups.isFirstSeen()
                && !remoteId.equalsIgnoreCase(contact.path("id").asText())) {
            losers.add(DATAVERSE);
        }
        var linked = new LinkedContact(
                subject,
                contact.path("id").asText(),
                version,
                groups.value("names"),
                groups.value("email"),
                groups.value("consent"),
                losers.isEmpty() ? before == null ? 0 : before.contestedAt() : version);
        return new Contest(linked, losers, reasons);
    }

    private static Contest withoutContact(
            ObjectNode user, long version, LinkedContact before, Fingerprint fingerprint) {
        var consent = new LinkedContact.Value(
                Sides.hash(routed(user), "consent", fingerprint),
                Sides.hash(user.path(IdentityEvent.EXTENSION).path("directory"), "consent", fingerprint),
                before.consent().contact());
        var linked = new LinkedContact(
                before.subject(),
                before.contactId(),
                version,
                before.names(),
                before.email(),
                consent.isAsIn(before.consent()) ? before.consent() : consent,
                before.contestedAt());
        return new Contest(linked, Set.of(), List.of());
    }

    private record Groups(
            JsonNode directory,
            JsonNode contact,
            JsonNode routed,
            @Nullable LinkedContact before,
            Fingerprint fingerprint) {

        boolean isFirstSeen() {
            return before == null
                    || !before.contactId().equals(contact.path("id").asText());
        }

        boolean contactWins(String group) {
            for (var one : contact.path("wins")) {
                if (one.asText().equals(group)) {
                    return true;
                }
            }
            return false;
        }

        String winner(String group) {
            return contactWins(group) ? DATAVERSE : DIRECTORY;
        }

        String loser(String group) {
            return contactWins(group) ? DIRECTORY : DATAVERSE;
        }

        /** What was remembered stays as it is, with the time at which it was written, while nothing is new. */
        LinkedContact.Value value(String group) {
            var now = new LinkedContact.Value(
                    Sides.hash(routed, group, fingerprint),
                    Sides.hash(directory, group, fingerprint),
                    Sides.hash(contact, group, fingerprint));
            var then = isFirstSeen() ? null : Sides.value(before, group);
            return then != null && then.isAsIn(now) ? then : now;
        }
    }

    private static ObjectNode routed(ObjectNode user) {
        var routed = JsonNodeFactory.instance.objectNode();
        routed.set("name", user.path("name"));
        routed.set("email", user.path("emails").path(0).path("value"));
        routed.set("marketingConsent", user.path(IdentityEvent.EXTENSION).path("marketingConsent"));
        return routed;
    }

    /** Whether something is to be remembered that was not. */
    boolean isNews(@Nullable LinkedContact before) {
        return before == null
                || !before.contactId().equals(linked.contactId())
                || !before.names().equals(linked.names())
                || !before.email().equals(linked.email())
                || !before.consent().equals(linked.consent());
    }
}
