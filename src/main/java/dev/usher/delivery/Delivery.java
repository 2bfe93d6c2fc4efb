package dev.usher.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.destination.Destinations;
import dev.usher.event.Events;
import dev.usher.projection.DeliveryRow;
import dev.usher.projection.HandEdit;
import dev.usher.projection.Known;
import dev.usher.projection.Outcome;
import dev.usher.projection.Projection;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** One try to bring one projection up to date, from the message's headers to its outcome. Lives on the exchange. */
final class Delivery {

    /** Message headers, set by the router and kept by every repeat. */
    static final String SUBJECT = "usherSubject";

    static final String VERSION = "usherVersion";
    static final String EVENT = "usherEvent";
    static final String TYPE = "usherType";
    static final String USER_HASH = "usherUserHash";
    static final String ATTEMPT = "usherAttempt";
    static final String VARIANT = "usherVariant";
    static final String CLAIM = "usherClaim";

    /** Set by the router when a deep reconciliation wants this destination to look: {@code repair} or {@code dry-run}. */
    static final String DEEP = "usherDeep";

    static final String PRIORITY = "JMSPriority";

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
    final long startedAt;
    final String deep;

    @Nullable
    final Object priority;

    /** The broker's name of this message: the same when it comes again after a crash, another when it was sent again. */
    final String messageId;

    Known known = new Known(null, java.util.Map.of());
    String contentHash = "";
    String operation = "";

    @Nullable
    String note;

    @Nullable
    String remoteId;

    @Nullable
    String directoryId;

    /** What the destination was seen to hold, in the shape of the mapping; null when it was not looked at. */
    @Nullable
    JsonNode seen;

    /** What a deep reconciliation found out; null when nothing was wrong. */
    @Nullable
    String finding;

    boolean confirmed;

    /** Counted here: Camel counts in a header, which a kamelet removes with all others before it calls. */
    int quickRepeats;

    boolean calling;

    private Delivery(Exchange exchange, long now) {
        Message message = exchange.getMessage();
        this.routeId = exchange.getFromRouteId();
        this.destination = routeId.startsWith(PREFIX) ? routeId.substring(PREFIX.length()) : Destinations.ROUTER;
        this.subject = message.getHeader(SUBJECT, "", String.class);
        this.version = message.getHeader(VERSION, 0L, Long.class);
        this.eventId = message.getHeader(EVENT, () -> UUID.randomUUID().toString(), String.class);
        this.eventType = message.getHeader(TYPE, "", String.class);
        this.userHash = message.getHeader(USER_HASH, "", String.class);
        this.attempt = message.getHeader(ATTEMPT, 1, Integer.class);
        this.variant = message.getHeader(VARIANT, 0, Integer.class);
        this.startedAt = now;
        this.deep = message.getHeader(DEEP, "", String.class);
        this.priority = message.getHeader(PRIORITY);
        this.messageId = message.getHeader("JMSMessageID", () -> eventId + '|' + attempt, String.class);
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

    /** Whether the destination is only looked at: nothing may be written, there or here. */
    boolean isDry() {
        return deep.equals("dry-run");
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
                now - startedAt);
    }
}
