package dev.usher.router;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.content.Fingerprint;
import dev.usher.projection.LinkedContact;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the directory and the contact of one user show, against what was made of both. A group of attributes is contested
 * when the system that is not believed shows a value of its own: neither the one routed now, nor the one routed last, nor
 * the one it was seen with before.
 *
 * @param linked what is to be remembered of it
 * @param losers the systems with a value that is overruled, by the names of their destinations
 * @param reasons one for each group that differs in a way not told before
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
        var contact = user.path(Router.EXTENSION).path("contact");
        if (!contact.path("id").isTextual()) {
            return null;
        }
        var judge = new Judge(user, fingerprint);
        var names = judge.of("names", before == null ? null : before.names());
        var email = judge.of("email", before == null ? null : before.email());
        var consent = judge.of("consent", before == null ? null : before.consent());
        var contestedBefore = before == null ? 0 : before.contestedAt();
        var linked = new LinkedContact(
                subject,
                contact.path("id").asText(),
                version,
                names,
                email,
                consent,
                judge.losers.isEmpty() ? contestedBefore : version);
        return new Contest(linked, judge.losers, judge.reasons);
    }

    private static final class Judge {

        private final JsonNode extension;
        private final JsonNode routed;
        private final Fingerprint fingerprint;
        private final Set<String> wins = new LinkedHashSet<>();
        private final Set<String> losers = new LinkedHashSet<>();
        private final List<String> reasons = new ArrayList<>();

        Judge(ObjectNode user, Fingerprint fingerprint) {
            this.extension = user.path(Router.EXTENSION);
            this.routed = routed(user);
            this.fingerprint = fingerprint;
            extension.path("contact").path("wins").forEach(group -> wins.add(group.asText()));
        }

        LinkedContact.Value of(String group, LinkedContact.@Nullable Value last) {
            var loser = wins.contains(group) ? DIRECTORY : DATAVERSE;
            var winner = wins.contains(group) ? DATAVERSE : DIRECTORY;
            var value = fingerprint.of(value(routed, group));
            var shown = value(extension.path(loser.equals(DIRECTORY) ? "directory" : "contact"), group);
            var other = shown.isMissingNode() || fingerprint.of(shown).equals(value) ? null : fingerprint.of(shown);
            if (other != null && last == null) {
                reasons.add(group + " differ in " + loser + ": " + winner + " is the authority");
            } else if (other != null && last != null && !other.equals(last.routed()) && !other.equals(last.lost())) {
                reasons.add(group + " changed in " + loser + " as well: " + winner + " is the authority");
                losers.add(loser);
            }
            return new LinkedContact.Value(value, other);
        }
    }

    private static ObjectNode routed(ObjectNode user) {
        var routed = JsonNodeFactory.instance.objectNode();
        routed.set("name", user.path("name"));
        routed.set("email", user.path("emails").path(0).path("value"));
        routed.set("marketingConsent", user.path(Router.EXTENSION).path("marketingConsent"));
        return routed;
    }

    private static JsonNode value(JsonNode side, String group) {
        return switch (group) {
            case "names" -> side.path("name");
            case "email" ->
                JsonNodeFactory.instance.textNode(side.path("email").asText("").toLowerCase(Locale.ROOT));
            default -> side.path("marketingConsent");
        };
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
