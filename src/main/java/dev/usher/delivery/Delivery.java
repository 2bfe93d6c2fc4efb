package dev.usher.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.destination.Destinations;
import dev.usher.destination.Effect;
import dev.usher.event.Events;
import dev.usher.event.Headers;
import dev.usher.event.Urgency;
import dev.usher.projection.DeliveryRow;
import dev.usher.projection.HandEdit;
import dev.usher.projection.Known;
import dev.usher.projection.Outcome;
import dev.usher.projection.Projection;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** One try to bring one projection up to date, from the message's headers to its outcome. Lives on the exchange. */
final class Delivery {

    static final String CREATE = "create";
    static final String CONFIRM = "confirm";

    private static final String ARCHIVED = "archived by configuration";
    private static final String PROPERTY = "usherDelivery";
    private static final String PREFIX = "deliver-";

    final String routeId;
    final String destination;
    final String subject;
    final long version;
    final String eventId;
    final String eventType;
    final String userHash;
    final int attempt;
    final int variant;
    final int priority;
    final String deep;

    final String rule;
    final boolean plan;

    /** Somebody changed the record there, and is overruled: what was last written is not what it holds. */
    final boolean contested;

    final long startedAt;
    final long directoryAt;
    final Envelope envelope;

    Known known = new Known(null, java.util.Map.of());
    String contentHash = "";
    String operation = "";

    @Nullable
    String note;

    @Nullable
    String remoteId;

    @Nullable
    String directoryId;

    /** What becomes of the record, when the user is disabled or deleted; null for a user who is there. */
    @Nullable
    Effect effect;

    /** What the destination was seen to hold, in the shape of the mapping; null when it was not looked at. */
    @Nullable
    JsonNode seen;

    /** What a deep reconciliation found out; null when nothing was wrong. */
    @Nullable
    String finding;

    /** The destination is asked to write from here on. */
    boolean sent;

    /** A call of this try ended so that the destination may have done what it was asked. */
    boolean unsure;

    /** The open claim was made by this try: nothing was sent under its key before. */
    boolean claims;

    /** Counted here: Camel counts in a header, which a kamelet removes with all others before it calls. */
    int quickRepeats;

    boolean calling;

    private Delivery(Exchange exchange, long now) {
        this.envelope = Envelope.open(exchange);
        this.routeId = exchange.getFromRouteId();
        this.destination = routeId.startsWith(PREFIX) ? routeId.substring(PREFIX.length()) : Destinations.ROUTER;
        this.subject = envelope.header(Headers.SUBJECT, "", String.class);
        this.version = envelope.header(Headers.VERSION, 0L, Long.class);
        this.eventId = envelope.header(Headers.EVENT, "", String.class);
        this.eventType = envelope.header(Headers.TYPE, "", String.class);
        this.userHash = envelope.header(Headers.USER_HASH, "", String.class);
        this.attempt = envelope.header(Headers.ATTEMPT, 1, Integer.class);
        this.variant = envelope.header(Headers.VARIANT, 0, Integer.class);
        this.priority = envelope.header(Headers.PRIORITY, Urgency.LIVE.priority(), Integer.class);
        this.contested = envelope.header(Headers.CONTESTED, false, Boolean.class);
        this.startedAt = now;
        this.directoryAt = envelope.header(Headers.DIRECTORY_AT, 0L, Long.class);
        this.deep = envelope.header(Headers.DEEP, "", String.class);
        this.rule = envelope.header(Headers.RULE, "", String.class);
        this.plan = envelope.header(Headers.PLAN, false, Boolean.class);
        this.finding = envelope.has(Headers.FINDING) ? envelope.header(Headers.FINDING, "", String.class) : null;
    }

    /** The delivery this exchange makes; read from the headers the first time, remembered after that. */
    static Delivery of(Exchange exchange, long now) {
        var delivery = exchange.getProperty(PROPERTY, Delivery.class);
        if (delivery == null) {
            delivery = new Delivery(exchange, now);
            exchange.setProperty(PROPERTY, delivery);
        }
        return delivery;
    }

    /** The broker's name of the message; without a broker, the event and the try. */
    String messageId() {
        var id = envelope.messageId();
        return id == null ? eventId + '|' + attempt : id;
    }

    /** Whether this brings somebody there for the first time, and is not part of an import or a reconciliation. */
    boolean isLiveSignUp() {
        return operation.equals(CREATE) && priority >= Urgency.LIVE.priority();
    }

    /** Whether the destination is only looked at: nothing may be written, there or here. */
    boolean isDry() {
        return plan || deep.equals("dry-run");
    }

    HandEdit handEdit(String what, long now) {
        return new HandEdit(eventId, destination, subject, what, now);
    }

    /** The queue this delivery came from, and goes back to. */
    String queue() {
        return destination.equals(Destinations.ROUTER) ? Events.QUEUE : "deliver." + destination;
    }

    @Nullable
    Projection projection() {
        return known.in(destination);
    }

    /** The operation on a record that is there: {@code update}, or {@code archive} or {@code delete} for who left. */
    String change() {
        return effect != null && effect.removes() ? effect.word() : "update";
    }

    boolean removes() {
        return effect != null && effect.removes();
    }

    /** Whether a message about a live change may overtake this one in the queue, also when this one was being worked on as the process died. */
    boolean mayBeOvertaken() {
        return priority < Urgency.LIVE.priority();
    }

    /** The claim on the create that this delivery sends, under the key that it was given. */
    Projection.Claim claim(Exchange exchange, long now) {
        return claim(exchange.getVariable("key", "", String.class), now);
    }

    Projection.Claim claim(String key, long now) {
        return new Projection.Claim(key, contentHash, now);
    }

    /** What is remembered of the destination; a projection of which nothing is known when there is none. */
    Projection remembered() {
        var projection = projection();
        return projection == null ? Projection.unknown(subject, destination) : projection;
    }

    /** The projection in this state, made from what this delivery carried. */
    Projection projection(Projection.State state, String mapping, @Nullable String reason) {
        return new Projection(
                subject, destination, state, remoteId, contentHash, userHash, mapping, version, reason, note, null);
    }

    /** The projection once the destination has done what the operation asked. */
    Projection reached(String mapping) {
        return switch (operation) {
            case "archive" -> projection(Projection.State.ARCHIVED, mapping, ARCHIVED);
            case "delete" -> projection(Projection.State.CURRENT, mapping, null).deleted();
            default -> projection(Projection.State.CURRENT, mapping, null);
        };
    }

    /** Why the operation was done, for the log; null where the content says it. */
    @Nullable
    String reason() {
        return switch (operation) {
            case "archive" -> ARCHIVED;
            case "delete" -> "deleted by configuration";
            default -> null;
        };
    }

    DeliveryRow row(Outcome outcome, @Nullable String reason, @Nullable String requestId, long now) {
        return new DeliveryRow(
                now,
                subject,
                destination,
                eventId,
                eventType,
                version,
                outcome,
                reason,
                remoteId,
                requestId,
                attempt,
                now - startedAt,
                envelope.seen(),
                null,
                rule.isEmpty() ? null : rule);
    }
}
