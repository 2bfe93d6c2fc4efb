package dev.usher.delivery;

import dev.usher.event.Headers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;

/**
 * A message of Usher's queues as it came: the event as text and the headers that Usher gave it. Whatever a route does to
 * its message meanwhile, the envelope can be sent on, or back, as it was.
 */
public final class Envelope {

    private static final String PROPERTY = "usherEnvelope";
    private static final String OWN = "usher";
    private static final String MESSAGE_ID = "JMSMessageID";
    private static final String SENT_AT = "JMSTimestamp";
    private static final String REDELIVERED = "JMSRedelivered";

    private final String text;
    private final Map<String, Object> headers = new LinkedHashMap<>();

    /** The broker's name of this message: the same when it comes again after a crash, another when it was sent again. */
    private final @Nullable String messageId;

    private final boolean redelivered;
    private final @Nullable Long sentAt;

    private Envelope(@Nullable String messageId, boolean redelivered, @Nullable Long sentAt, String text) {
        this.messageId = messageId;
        this.redelivered = redelivered;
        this.sentAt = sentAt;
        this.text = text;
    }

    /**
     * An envelope for a new message that follows from this one, as urgent as this one and seen when this one was.
     *
     * @param newText the event as JSON
     * @param group names the messages that stay in order: the user
     */
    public Envelope next(String newText, String group) {
        var next = new Envelope(null, false, null, newText).with(Headers.GROUP, group);
        for (var name : List.of(Headers.PRIORITY, Headers.SEEN)) {
            var value = headers.get(name);
            if (value != null) {
                next.with(name, value);
            }
        }
        return next;
    }

    /**
     * Opens what this exchange received: keeps text and headers, and leaves a bare message with the text as its body,
     * which costs little to copy at every step of the route. A second call answers with the same envelope.
     */
    public static Envelope open(Exchange exchange) {
        var opened = exchange.getProperty(PROPERTY, Envelope.class);
        if (opened != null) {
            return opened;
        }
        var message = exchange.getMessage();
        var text = message.getBody(String.class);
        var sentAt = message.getHeader(SENT_AT) instanceof Long at ? at : null;
        var envelope = new Envelope(
                message.getHeader(MESSAGE_ID, String.class),
                Boolean.TRUE.equals(message.getHeader(REDELIVERED)),
                sentAt,
                text == null ? "" : text);
        message.getHeaders().forEach((name, value) -> {
            if (name.startsWith(OWN) || name.equals(Headers.GROUP) || name.equals(Headers.PRIORITY)) {
                envelope.headers.put(name, value);
            }
        });
        if (sentAt != null) {
            envelope.headers.putIfAbsent(Headers.SEEN, sentAt);
        }
        exchange.setProperty(PROPERTY, envelope);
        var bare = new DefaultMessage(exchange);
        bare.setBody(envelope.text);
        exchange.setMessage(bare);
        return envelope;
    }

    /** The event as JSON. */
    public String text() {
        return text;
    }

    /** Whether the message carried this header. */
    public boolean has(String name) {
        return headers.containsKey(name);
    }

    /** When Usher first had the event on a queue, in milliseconds since the epoch; null without a broker. */
    public @Nullable Long seen() {
        return headers.get(Headers.SEEN) instanceof Number seen ? Long.valueOf(seen.longValue()) : null;
    }

    /**
     * Whether this very message may have been worked on before: the broker says so, or it is older than the process, and
     * the broker does not know what the last process was doing when it was killed.
     *
     * @param begun when this process began, in milliseconds since the epoch
     */
    boolean mayHaveBeenTried(long begun) {
        return redelivered || sentAt != null && sentAt < begun;
    }

    /** When the sender gave it to the broker, in milliseconds since 1970; the other moment where no broker said so. */
    long sentAt(long otherwise) {
        return sentAt == null ? otherwise : sentAt;
    }

    @Nullable
    String messageId() {
        return messageId;
    }

    /** Adds a header; one of the same name is replaced. */
    public Envelope with(String name, Object value) {
        headers.put(name, value);
        return this;
    }

    /** The header as this type; the other value when there is none. */
    <T> T header(String name, T other, Class<T> type) {
        var value = headers.get(name);
        if (value == null) {
            return other;
        }
        if (type == Long.class && value instanceof Number number) {
            return type.cast(number.longValue());
        }
        if (type == Integer.class && value instanceof Number number) {
            return type.cast(number.intValue());
        }
        return type.cast(value);
    }

    /** Makes this message what the envelope holds; everything else is removed from it. */
    public void onto(Message message) {
        message.removeHeaders("*");
        headers.forEach(message::setHeader);
        message.setBody(text);
    }
}
