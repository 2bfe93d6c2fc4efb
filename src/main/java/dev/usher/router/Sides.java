package dev.usher.router;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.content.Fingerprint;
import dev.usher.destination.UsherSettings;
import dev.usher.event.IdentityEvent;
import dev.usher.projection.LinkedContact;
import dev.usher.projection.Projections;
import dev.usher.projection.SideWritten;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The bean {@code sides} of the route {@code make-user}: decides for each group of attributes (names, e-mail, consent)
 * whether the directory or the contact says the value.
 *
 * <p>Whoever changed it since the user was last routed does. Where both did, and differently, or where they differ when
 * the contact is first seen, the authority does ({@code usher.authority}). Where neither did, the value that was routed
 * stands, which the other side may not show yet. A side that shows what was routed did not change it: that is our own
 * write. One that was written and shows again what it showed before was changed back, or is read from where the write has
 * not arrived yet: within {@code usher.clock-margin} nobody can tell.
 *
 * <p>Consent is not written to the directory. So the consent that was routed is kept when the contact that said it is gone,
 * is one of several, or has another in its place, until somebody changes it.
 */
@Component("sides")
public final class Sides {

    /** Dataverse keeps so many characters of a name; what is cut there was not changed there. */
    private static final int KEPT_OF_A_NAME = 50;

    private static final Duration ONE_SECOND = Duration.ofSeconds(1);

    private static final String CONTACT = "contact";
    private static final String CONSENT = "marketingConsent";
    private static final String KEPT_CONSENT = "keptConsent";
    private static final String WROTE = "wrote";
    private static final String BEFORE = "usherLinkedContact";
    private static final String UNSURE = "usherUnsure";

    private final Projections projections;
    private final Fingerprint fingerprint;
    private final Duration margin;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper();

    Sides(Projections projections, Fingerprint fingerprint, UsherSettings settings, Clock clock) {
        this.projections = projections;
        this.fingerprint = fingerprint;
        this.margin = settings.clockMargin();
        this.clock = clock;
    }

    /**
     * Adds to the variable {@code contact} for the SCIM user in the body the lists {@code wins} (the groups in which the
     * contact says the value), {@code contested} (the groups that both sides changed) and {@code different} (those that
     * differ when the contact is first seen), and {@code keptConsent}, where the consent is neither side's but the one
     * last routed. Only that is added, or becomes the variable, where no single contact is the user's. Does nothing for a
     * user who is deleted.
     */
    public void weigh(Exchange exchange) throws JsonProcessingException {
        var user = exchange.getMessage().getBody(JsonNode.class);
        if (user.path(IdentityEvent.EXTENSION).path("state").asText().equals("deleted")) {
            return;
        }
        var text = exchange.getVariable(CONTACT, String.class);
        var contact = text == null ? json.createObjectNode() : (ObjectNode) json.readTree(text);
        var before = projections.contact(user.path("id").asText());
        exchange.setProperty(BEFORE, before);
        var now = clock.instant();
        long writtenAt = weigh(
                user.path(IdentityEvent.EXTENSION).path("directory"),
                contact,
                before,
                fingerprint,
                now.minus(margin).toEpochMilli());
        if (writtenAt != 0) {
            var age = Duration.between(Instant.ofEpochMilli(writtenAt), now);
            exchange.setProperty(
                    UNSURE, age.isNegative() ? ONE_SECOND : age.dividedBy(4).plus(ONE_SECOND));
        }
        if (!contact.isEmpty()) {
            exchange.setVariable(CONTACT, contact.toString());
        }
    }

    /**
     * How long to wait before the sides are read again, because one of them may not show yet what was written to it; null
     * when what they show can be believed.
     */
    static @Nullable Duration unsure(Exchange exchange) {
        return exchange.getProperty(UNSURE, Duration.class);
    }

    /**
     * For the routes {@code deliver-entra} and {@code deliver-dataverse}, before they {@code record}: the body says what
     * the side shows after the write, {@code {"contact": id, "name", "email", "marketingConsent"}}, without {@code contact}
     * for the directory; null when no contact is known. Sets the variable {@code wrote}, which is recorded with the
     * delivery.
     */
    public void wrote(Exchange exchange) {
        if (exchange.getMessage().getBody() == null) {
            return; // Camel would go through all its converters with the message in place of the body
        }
        var side = exchange.getMessage().getBody(JsonNode.class);
        if (side.isNull()) {
            return;
        }
        exchange.setVariable(
                WROTE,
                new SideWritten(
                        exchange.getVariable("subject", String.class),
                        side.path(CONTACT).textValue(),
                        hash(side, "names", fingerprint),
                        hash(side, "email", fingerprint),
                        hash(side, "consent", fingerprint),
                        clock.millis()));
    }

    /** What was remembered of the user's contact when the sides were weighed; null for nothing. */
    static @Nullable LinkedContact before(Exchange exchange) {
        return exchange.getProperty(BEFORE, LinkedContact.class);
    }

    /**
     * @param arrived what was written before that is shown by now, in milliseconds since the epoch
     * @return when the side was written that may not show it yet, in milliseconds since the epoch; 0 for none
     */
    static long weigh(
            JsonNode directory,
            ObjectNode contact,
            @Nullable LinkedContact before,
            Fingerprint fingerprint,
            long arrived) {
        var last =
                before != null && before.contactId().equals(contact.path("id").asText()) ? before : null;
        var kept = before != null && isKept(directory, contact, before.consent(), last != null, fingerprint, arrived)
                ? before.consent()
                : null;
        if (kept != null) {
            contact.put(KEPT_CONSENT, kept.routed().equals(fingerprint.ofText("true")));
        }
        if (!contact.has("id")) {
            return 0;
        }
        var authority = new HashSet<String>();
        contact.path("authority").forEach(group -> authority.add(group.asText()));
        var wins = contact.putArray("wins");
        var contested = contact.putArray("contested");
        var different = contact.putArray("different");
        long unsure = 0;
        for (var group : List.of("names", "email", "consent")) {
            if (kept != null && group.equals("consent")) {
                unsure = Math.max(unsure, kept(contact, kept, last != null, wins, fingerprint, arrived));
                continue;
            }
            var verdict = verdict(group, directory, contact, value(last, group), authority, fingerprint, arrived);
            unsure = Math.max(unsure, verdict.unsure);
            if (verdict.contactWins) {
                wins.add(group);
            }
            if (verdict.contested) {
                contested.add(group);
            }
            if (verdict.different) {
                different.add(group);
            }
        }
        return unsure;
    }

    /**
     * Whether the consent last routed stands though the directory does not show it: nobody changed it since, and there is
     * no contact that says otherwise. One in the place of the contact last seen says what it was given, so that it counts
     * only where it differs from the directory, as one that is first seen.
     */
    private static boolean isKept(
            JsonNode directory,
            JsonNode contact,
            LinkedContact.Value last,
            boolean isSameContact,
            Fingerprint fingerprint,
            long arrived) {
        var there = hash(directory, "consent", fingerprint);
        if (there.equals(last.routed())
                || new Shown(there, last.directory(), last.routed(), last.directoryAt()).isChanged(arrived)) {
            return false;
        }
        if (!contact.has(CONSENT)) {
            return !isSameContact;
        }
        var here = hash(contact, "consent", fingerprint);
        var atContact = new Shown(here, last.contact(), last.routed(), last.contactAt());
        return !isSameContact || !here.equals(last.routed()) && !atContact.isChanged(arrived);
    }

    /** Of a consent that is kept: a contact that shows it says it. @return as {@link #weigh} */
    private static long kept(
            JsonNode contact,
            LinkedContact.Value last,
            boolean isSameContact,
            ArrayNode wins,
            Fingerprint fingerprint,
            long arrived) {
        var here = hash(contact, "consent", fingerprint);
        if (contact.has(CONSENT) && here.equals(last.routed())) {
            wins.add("consent");
        }
        var atContact = new Shown(here, last.contact(), last.routed(), last.contactAt());
        return isSameContact && atContact.isUnsure(arrived) ? last.contactAt() : 0;
    }

    private record Verdict(boolean contactWins, boolean contested, boolean different, long unsure) {

        Verdict(boolean contactWins) {
            this(contactWins, false, false, 0);
        }
    }

    /** What a side shows of a group, beside what was routed and what it showed then. */
    private record Shown(String now, String then, String routed, long writtenAt) {

        boolean isChanged(long arrived) {
            return !now.equals(routed) && (!now.equals(then) || writtenAt != 0 && writtenAt <= arrived);
        }

        boolean isUnsure(long arrived) {
            return !now.equals(routed) && now.equals(then) && writtenAt > arrived;
        }
    }

    private static Verdict verdict(
            String group,
            JsonNode directory,
            JsonNode contact,
            LinkedContact.@Nullable Value last,
            Set<String> authority,
            Fingerprint fingerprint,
            long arrived) {
        var there = hash(directory, group, fingerprint);
        var here = hash(contact, group, fingerprint);
        boolean contactDecides = authority.contains(group);
        if (here.equals(there) || group.equals("consent") && !contact.has(CONSENT)) {
            return new Verdict(false);
        }
        if (last == null) {
            return new Verdict(contactDecides, false, true, 0);
        }
        var atContact = new Shown(here, last.contact(), last.routed(), last.contactAt());
        var atDirectory = new Shown(there, last.directory(), last.routed(), last.directoryAt());
        boolean contactChanged = atContact.isChanged(arrived);
        boolean directoryChanged = atDirectory.isChanged(arrived);
        if (contactChanged && directoryChanged) {
            return new Verdict(contactDecides, true, false, 0);
        }
        if (contactChanged || directoryChanged) {
            return new Verdict(contactChanged);
        }
        boolean routedIsTheContacts = here.equals(last.routed());
        boolean routedIsNobodys = !routedIsTheContacts && !there.equals(last.routed());
        long unsure = Math.max(
                atContact.isUnsure(arrived) ? last.contactAt() : 0,
                atDirectory.isUnsure(arrived) ? last.directoryAt() : 0);
        return new Verdict(routedIsTheContacts || routedIsNobodys && contactDecides, false, false, unsure);
    }

    static LinkedContact.@Nullable Value value(@Nullable LinkedContact contact, String group) {
        if (contact == null) {
            return null;
        }
        return switch (group) {
            case "names" -> contact.names();
            case "email" -> contact.email();
            default -> contact.consent();
        };
    }

    /** Keyed hash of what a side shows of a group: {@code name}, {@code email} or {@code marketingConsent}. */
    static String hash(JsonNode side, String group, Fingerprint fingerprint) {
        return fingerprint.ofText(
                switch (group) {
                    case "names" ->
                        kept(side.path("name").path("givenName"))
                                + '\n'
                                + kept(side.path("name").path("familyName"));
                    case "email" -> side.path("email").asText("").toLowerCase(Locale.ROOT);
                    default -> String.valueOf(side.path(CONSENT).asBoolean());
                });
    }

    private static String kept(JsonNode name) {
        var text = name.asText("").strip();
        return text.length() > KEPT_OF_A_NAME
                ? text.substring(0, KEPT_OF_A_NAME).strip()
                : text;
    }
}
