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
 * @param losers the systems whose change is overruled, by the names of their destinations
 * @param reasons one for each group of attributes that was changed on both sides, or differed when first seen
 */
record Contest(LinkedContact linked, Set<String> losers, List<String> reasons) {

    static final String DIRECTORY = "entra";
    static final String DATAVERSE = "dataverse";

    /**
     * The contest about this SCIM user; null when no single contact belongs to it.
     *
     * @param before what was remembered; null for nothing
     */
    static @Nullable Contest of(
            ObjectNode user, String subject, long version, @Nullable LinkedContact before, Fingerprint fingerprint) {
        var extension = user.path(IdentityEvent.EXTENSION);
        var contact = extension.path("contact");
        if (!contact.path("id").isTextual()) {
            return null;
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
            reasons.add(group.asText() + " differ in " + groups.loser(group.asText()) + ": "
                    + groups.winner(group.asText()) + " is the authority");
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

    private record Groups(
            JsonNode directory,
            JsonNode contact,
            JsonNode routed,
            @Nullable LinkedContact before,
            Fingerprint fingerprint) {

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
            var then = before != null && before.contactId().equals(contact.path("id").asText())
                    ? Sides.value(before, group)
                    : null;
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
