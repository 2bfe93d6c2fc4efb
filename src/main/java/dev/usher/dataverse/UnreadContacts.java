package dev.usher.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.delivery.HeldBack;
import dev.usher.event.Events;
import dev.usher.event.IdentityEvent;
import dev.usher.event.Urgency;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.camel.Exchange;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The table {@code unread_contact}: users who were routed as the directory alone shows them, because Dataverse did not give
 * their contact. The bean {@code unreadContacts} of the routes {@code route-identity-events} and {@code
 * look-again-at-contacts}.
 */
@Component("unreadContacts")
public final class UnreadContacts {

    /** The source of the events that let these users be routed again. */
    public static final String SOURCE = "/usher/unread-contacts";

    private static final int AT_ONCE = 20;

    private record Unread(String subject, long notedAt) {}

    private final JdbcTemplate jdbc;
    private final Contacts contacts;
    private final Events events;
    private final Clock clock;

    UnreadContacts(JdbcTemplate jdbc, Contacts contacts, Events events, Clock clock) {
        this.jdbc = jdbc;
        this.contacts = contacts;
        this.events = events;
        this.clock = clock;
    }

    /** Notes the SCIM user in the body; durable when this returns. A second time renews the note. */
    public void note(Exchange exchange) {
        var subject = exchange.getMessage().getBody(JsonNode.class).path("id").asText();
        long now = clock.millis();
        int renewed = jdbc.update("update unread_contact set noted_at = ? where subject = ?", now, subject);
        if (renewed == 0) {
            jdbc.update(
                    "insert into unread_contact (noted_at, subject) select cast(? as bigint), ?"
                            + " where not exists (select 1 from unread_contact where subject = ?)",
                    now,
                    subject,
                    subject);
        }
    }

    /**
     * Publishes an event for everybody noted who has a contact, and forgets the notes; stops at once when Dataverse still does not
     * give them. A note is forgotten after its event is durable, and one that was renewed meanwhile stays.
     */
    public void lookAgain() {
        for (var some = first(); !some.isEmpty(); some = first()) {
            List<String> owners;
            try {
                owners = contacts.owners(some.stream().map(Unread::subject).toList());
            } catch (HeldBack stillNot) {
                return;
            }
            events.publish(owners.stream().map(this::event).toList(), Urgency.BULK);
            some.forEach(unread -> jdbc.update(
                    "delete from unread_contact where subject = ? and noted_at = ?",
                    unread.subject(),
                    unread.notedAt()));
        }
    }

    /** How many users are noted. */
    long count() {
        var count = jdbc.queryForObject("select count(*) from unread_contact", Long.class);
        return count == null ? 0 : count;
    }

    private List<Unread> first() {
        return jdbc.query(
                "select subject, noted_at from unread_contact order by noted_at, subject fetch first " + AT_ONCE
                        + " rows only",
                (row, number) -> new Unread(row.getString(1), row.getLong(2)));
    }

    private IdentityEvent event(String subject) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return new IdentityEvent(subject + "@" + now.toEpochMilli(), SOURCE, "user.updated", subject, now, null);
    }
}
