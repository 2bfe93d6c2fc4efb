package dev.usher.event;

import dev.usher.trace.Traces;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.List;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.jms.support.JmsUtils;
import org.springframework.stereotype.Component;

/**
 * Puts identity events on the durable queue {@code events}, from which the router takes them. Routes of sources call it
 * as the bean {@code events}.
 *
 * <p>Each event is a text message with its JSON as body, the properties {@code usherType} and {@code usherEvent} (its
 * id) and, where the user or at least the contact is known, {@code usherSubject} and {@code JMSXGroupID}: events of one user are handled in their
 * order, and the delivery log names them also when they fail before they are read.
 */
@Component("events")
public class Events {

    /** The queue of every identity event. */
    public static final String QUEUE = "events";

    private final JmsTemplate jms;
    private final Traces traces;

    Events(ConnectionFactory connections, Traces traces) {
        this.jms = new JmsTemplate(connections);
        this.traces = traces;
        jms.setSessionTransacted(true);
    }

    /** Publishes live events: see {@link #publish(List, Urgency)}. */
    public void publish(List<IdentityEvent> events) {
        publish(events, Urgency.LIVE);
    }

    /**
     * Publishes all of these events, or none, in one JMS transaction; when it returns they are on disk. An empty list
     * does nothing. A second call publishes them a second time, which costs but harms nothing.
     *
     * @throws org.springframework.jms.JmsException when the broker did not take them; nothing is published, unless the
     *     answer to the commit itself was lost
     */
    public void publish(List<IdentityEvent> events, Urgency urgency) {
        publish(events, urgency, Duration.ZERO);
    }

    /**
     * The same, for events that nobody is to handle before the delay is over; each keeps its own time.
     *
     * @param delay in milliseconds' precision; zero for at once
     */
    public void publish(List<IdentityEvent> events, Urgency urgency, Duration delay) {
        if (events.isEmpty()) {
            return;
        }
        try (var step = traces.publishing("publish to " + QUEUE)) {
            step.with("usher.source", events.get(0).source()).with("usher.events", String.valueOf(events.size()));
            jms.execute(session -> committed(session, events, urgency, delay), false);
        }
    }

    /**
     * Opens what publishing needs, so that the first event does not wait for it; sends nothing.
     *
     * @throws org.springframework.jms.JmsException when the broker is not there
     */
    public void prepare() {
        jms.execute(session -> committed(session, List.of(), Urgency.LIVE, Duration.ZERO), false);
    }

    private boolean committed(Session session, List<IdentityEvent> events, Urgency urgency, Duration delay)
            throws JMSException {
        try {
            send(session, events, urgency, delay);
            session.commit();
            return true;
        } catch (JMSException | RuntimeException e) {
            JmsUtils.rollbackIfNecessary(session);
            throw e;
        }
    }

    /** Sends these events as part of the session's transaction: nobody sees them before its commit. */
    public void send(Session session, List<IdentityEvent> events, Urgency urgency) throws JMSException {
        send(session, events, urgency, Duration.ZERO);
    }

    private void send(Session session, List<IdentityEvent> events, Urgency urgency, Duration delay)
            throws JMSException {
        try (MessageProducer producer = session.createProducer(session.createQueue(QUEUE))) {
            producer.setDeliveryDelay(delay.toMillis());
            for (var event : events) {
                producer.send(
                        message(session, event),
                        DeliveryMode.PERSISTENT,
                        urgency.priority(),
                        Message.DEFAULT_TIME_TO_LIVE);
            }
        }
    }

    private Message message(Session session, IdentityEvent event) throws JMSException {
        var message = session.createTextMessage(event.toJson());
        message.setStringProperty(Headers.TYPE, event.type());
        message.setStringProperty(Headers.EVENT, event.id());
        var about = event.about();
        if (about != null) {
            message.setStringProperty(Headers.SUBJECT, about);
            message.setStringProperty(Headers.GROUP, about);
        }
        traces.carry((name, value) -> carry(message, name, value));
        return message;
    }

    private static void carry(Message message, String name, String value) {
        try {
            message.setStringProperty(name, value);
        } catch (JMSException e) {
            throw JmsUtils.convertJmsAccessException(e);
        }
    }
}
