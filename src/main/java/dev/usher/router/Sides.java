package dev.usher.router;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.content.Fingerprint;
import dev.usher.event.IdentityEvent;
import dev.usher.projection.LinkedContact;
import dev.usher.projection.Projections;
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
 * write.
 */
@Component("sides")
public final class Sides {

    /** Dataverse keeps so many characters of a name; what is cut there was not changed there. */
    private static final int KEPT_OF_A_NAME = 50;

    private static final String CONTACT = "contact";
    private static final String BEFORE = "usherLinkedContact";

    private final Projections projections;
    private final Fingerprint fingerprint;
    private final ObjectMapper json = new ObjectMapper();

    Sides(Projections projections, Fingerprint fingerprint) {
        this.projections = projections;
        this.fingerprint = fingerprint;
    }

    /**
     * Adds to the variable {@code contact} for the SCIM user in the body the lists {@code wins} (the groups in which the
     * contact says the value), {@code contested} (the groups that both sides changed) and {@code different} (those that
     * differ when the contact is first seen). Nothing is added where several contacts claim to be the user's.
     */
    public void weigh(Exchange exchange) throws JsonProcessingException {
        var contact = (ObjectNode) json.readTree(exchange.getVariable(CONTACT, String.class));
        if (!contact.has("id")) {
            return;
        }
        var user = exchange.getMessage().getBody(JsonNode.class);
        var before = projections.contact(user.path("id").asText());
        exchange.setProperty(BEFORE, before);
        if (before != null && !before.contactId().equals(contact.path("id").asText())) {
            before = null;
        }
        weigh(user.path(IdentityEvent.EXTENSION).path("directory"), contact, before, fingerprint);
        exchange.setVariable(CONTACT, contact.toString());
    }

    /** What was remembered of the user's contact when the sides were weighed; null for nothing. */
    static @Nullable LinkedContact before(Exchange exchange) {
        return exchange.getProperty(BEFORE, LinkedContact.class);
    }

    static void weigh(JsonNode directory, ObjectNode contact, @Nullable LinkedContact before, Fingerprint fingerprint) {
        var authority = new HashSet<String>();
        contact.path("authority").forEach(group -> authority.add(group.asText()));
        var wins = contact.putArray("wins");
        var contested = contact.putArray("contested");
        var different = contact.putArray("different");
        for (var group : List.of("names", "email", "consent")) {
            var verdict = verdict(group, directory, contact, value(before, group), authority, fingerprint);
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
    }

    private record Verdict(boolean contactWins, boolean contested, boolean different) {}

    private static Verdict verdict(
            String group,
            JsonNode directory,
            JsonNode contact,
            LinkedContact.@Nullable Value last,
            Set<String> authority,
            Fingerprint fingerprint) {
        var there = hash(directory, group, fingerprint);
        var here = hash(contact, group, fingerprint);
        boolean contactDecides = authority.contains(group);
        if (here.equals(there) || group.equals("consent") && !contact.has("marketingConsent")) {
            return new Verdict(false, false, false);
        }
        if (last == null) {
            return new Verdict(contactDecides, false, true);
        }
        boolean contactChanged = !here.equals(last.contact()) && !here.equals(last.routed());
        boolean directoryChanged = !there.equals(last.directory()) && !there.equals(last.routed());
        if (contactChanged && directoryChanged) {
            return new Verdict(contactDecides, true, false);
        }
        if (contactChanged || directoryChanged) {
            return new Verdict(contactChanged, false, false);
        }
        boolean routedIsTheContacts = here.equals(last.routed());
        boolean routedIsNobodys = !routedIsTheContacts && !there.equals(last.routed());
        return new Verdict(routedIsTheContacts || routedIsNobodys && contactDecides, false, false);
    }

    private static LinkedContact.@Nullable Value value(@Nullable LinkedContact contact, String group) {
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
                    default -> String.valueOf(side.path("marketingConsent").asBoolean());
                });
    }

    private static String kept(JsonNode name) {
        var text = name.asText("").strip();
        return text.length() > KEPT_OF_A_NAME
                ? text.substring(0, KEPT_OF_A_NAME).strip()
                : text;
    }
}
