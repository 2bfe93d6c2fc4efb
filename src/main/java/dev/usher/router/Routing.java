package dev.usher.router;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.delivery.Envelope;
import dev.usher.event.Headers;
import dev.usher.event.IdentityEvent;
import dev.usher.projection.DeliveryRow;
import dev.usher.projection.Known;
import dev.usher.projection.LinkedContact;
import dev.usher.projection.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** One event on its way through the router. Lives on the exchange. */
final class Routing {

    private static final String PROPERTY = "usherRouting";

    final Envelope received;
    IdentityEvent event;
    final String subject;
    final @Nullable Inspection inspection;
    final Known known;
    ObjectNode user = JsonNodeFactory.instance.objectNode();
    String hash = "";
    boolean changed;

    /** The operator let this event go on after it had been held: the guard does not judge it again. */
    boolean released;

    /** Older than what was routed last, by less than the sources' clocks may differ. */
    boolean late;

    /** Time of the event; for a late one that tells something new, just above what was routed last. */
    long version;

    @Nullable
    Contest contest;

    @Nullable
    LinkedContact linkedBefore;

    /** The destinations that show a value which is overruled: they are written although nothing changed for them. */
    Set<String> contested = Set.of();

    /** When a destination wants to see this user, in milliseconds since the epoch; without an entry at once. */
    final Map<String, Long> notBefore = new HashMap<>();

    Routing(Envelope received, IdentityEvent event, String subject, Known known) {
        this.received = received;
        this.event = event;
        this.subject = subject;
        this.version = micros(event);
        this.inspection = Inspection.of(event);
        this.known = known;
    }

    /** The event's time in microseconds since the epoch: the version of what it says. */
    private static long micros(IdentityEvent event) {
        return TimeUnit.SECONDS.toMicros(event.time().getEpochSecond())
                + event.time().getNano() / 1000;
    }

    /** Whether this is only a look, which must leave no trace in what Usher remembers. */
    boolean isDry() {
        return inspection != null && inspection.deep() == Inspection.Deep.DRY_RUN;
    }

    /** Whether an operator only wants to know what would be written: nothing is, here and on any queue. */
    boolean isPlan() {
        return inspection != null && inspection.deep() == Inspection.Deep.PLAN;
    }

    /** Whether an operator asked for this user. */
    boolean isOrdered() {
        return inspection != null && inspection.source().equals(Inspection.OPERATOR);
    }

    /** Whether an operator asked for this user there: whatever is remembered of it, it is due. */
    boolean isOrdered(String destination) {
        return isOrdered() && inspectedAt(destination);
    }

    /** Whether an operator asked for this user somewhere else alone: as long as nothing has changed, it is not due here. */
    boolean isOrderedElsewhere(String destination) {
        return isOrdered() && !inspectedAt(destination) && !changed;
    }

    private boolean inspectedAt(String destination) {
        var only = inspection == null ? null : inspection.destination();
        return only == null || only.equals(destination);
    }

    /** Whether this destination must look at what it really holds. */
    boolean mustLook(String destination) {
        return inspection != null
                && inspection.deep() != Inspection.Deep.NO
                && (inspection.destination() == null || inspection.destination().equals(destination))
                && known.existsIn(destination);
    }

    boolean isOfContact() {
        return event.type().startsWith("contact.");
    }

    /**
     * Whether Dataverse, which has nothing of this user so far, may take another decision now: who was not invited has redeemed
     * an invitation, or of several contacts one became the user's.
     */
    boolean opensDataverse() {
        var there = known.in(Contest.DATAVERSE);
        boolean isNews = isOfContact() || linkedBefore == null;
        return contest != null && isNews && there != null && !there.state().isSettled() && there.remoteId() == null;
    }

    boolean isDeletion() {
        return Router.DELETED.equals(event.type());
    }

    /** While the event was held the user came back, or was deleted: it speaks of that now. */
    void becomes(String type) {
        event = new IdentityEvent(event.id(), event.source(), type, event.subject(), event.time(), event.data());
    }

    /** {@code active}, {@code disabled} or {@code deleted}, as the SCIM user says. */
    String state() {
        return user.path(IdentityEvent.EXTENSION).path("state").asText("active");
    }

    /** Whether somebody known is disabled who was active, or deleted who was not. */
    boolean departs() {
        var person = known.person();
        if (person == null || person.deleted()) {
            return false;
        }
        return state().equals("deleted") || state().equals("disabled") && !person.disabled();
    }

    DeliveryRow row(String destination, Outcome outcome, @Nullable String reason, long now) {
        return new DeliveryRow(
                now,
                subject,
                destination,
                event.id(),
                event.type(),
                version,
                outcome,
                reason,
                null,
                null,
                1,
                now - event.time().toEpochMilli(),
                received.seen(),
                null,
                null);
    }

    /** A message about this user: who, which event, and what the event's own message said of its order and urgency. */
    Envelope envelope(String text) {
        return received.next(text, subject)
                .with(Headers.SUBJECT, subject)
                .with(Headers.VERSION, version)
                .with(Headers.EVENT, event.id())
                .with(Headers.TYPE, event.type());
    }

    static Routing of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Routing.class);
    }

    void keepOn(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    /** The first e-mail address of the SCIM user; null when it has none. */
    @Nullable
    String email() {
        JsonNode value = user.path("emails").path(0).path("value");
        return value.isTextual() ? value.textValue() : null;
    }
}
