package dev.usher.leaving;

import dev.usher.destination.Destinations;
import dev.usher.event.Events;
import dev.usher.event.Headers;
import dev.usher.event.Urgency;
import dev.usher.projection.Change;
import dev.usher.projection.DeliveryRow;
import dev.usher.projection.Outcome;
import dev.usher.projection.Projections;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.jms.support.JmsUtils;
import org.springframework.stereotype.Component;

/** The bean {@code heldEvents}, called by the route {@code release-held}: the queue of events that the guard holds. */
@Component("heldEvents")
public final class HeldEvents {

    /** Header of a held event: the number of its mass change. */
    public static final String HELD_IN = "usherHeldIn";

    /** Header of an event that goes on by an operator's decision: the number of its mass change. */
    public static final String RELEASED = "usherReleased";

    /** Why a held event was dropped. */
    public static final String DISCARDED = "discarded by the operator";

    private static final Logger LOG = LoggerFactory.getLogger(HeldEvents.class);
    private static final String QUEUE = "held";
    private static final int BATCH = 200;
    private static final long RECEIVE_MILLIS = 100;

    private final MassChanges massChanges;
    private final Projections projections;
    private final Clock clock;
    private final JmsTemplate jms;

    HeldEvents(MassChanges massChanges, Projections projections, ConnectionFactory connections, Clock clock) {
        this.massChanges = massChanges;
        this.projections = projections;
        this.clock = clock;
        this.jms = new JmsTemplate(connections);
        jms.setSessionTransacted(true);
    }

    /**
     * Sends what was released to the router, behind live events, and drops what was discarded. Each batch is one JMS
     * transaction: a process that dies repeats it. What nobody has decided stays. Does nothing when nothing is held.
     */
    public void settle() {
        massChanges.forget();
        long decided = massChanges.latestDecided();
        if (decided == 0) {
            return;
        }
        int all = 0;
        int batch = BATCH;
        while (batch == BATCH) {
            var settled = jms.execute(session -> settle(session, decided), true);
            batch = settled == null ? 0 : settled;
            all += batch;
        }
        if (all > 0) {
            LOG.info("Mass change: {} held events went on, or were discarded, as decided", all);
        }
    }

    private int settle(Session session, long decided) throws JMSException {
        try {
            var messages = receive(session, decided);
            var rows = new ArrayList<Change>();
            var judgements = new HashMap<Long, Judgement.Kind>();
            for (var message : messages) {
                var kind = judgements.computeIfAbsent(
                        message.getLongProperty(HELD_IN),
                        number -> massChanges.find(number).judgement().kind());
                if (kind == Judgement.Kind.DISCARD) {
                    rows.add(discarded(message));
                } else {
                    release(session, (TextMessage) message);
                }
            }
            if (!rows.isEmpty()) {
                projections.write(rows);
            }
            session.commit();
            return messages.size();
        } catch (JMSException | RuntimeException e) {
            JmsUtils.rollbackIfNecessary(session);
            throw e;
        }
    }

    private static List<Message> receive(Session session, long decided) throws JMSException {
        var messages = new ArrayList<Message>();
        try (var consumer = session.createConsumer(session.createQueue(QUEUE), HELD_IN + " <= " + decided)) {
            for (var message = consumer.receive(RECEIVE_MILLIS); message != null; ) {
                messages.add(message);
                message = messages.size() < BATCH ? consumer.receive(RECEIVE_MILLIS) : null;
            }
        }
        return messages;
    }

    private static void release(Session session, TextMessage held) throws JMSException {
        var message = session.createTextMessage(held.getText());
        for (var name : List.of(Headers.SUBJECT, Headers.EVENT, Headers.TYPE, Headers.GROUP)) {
            message.setStringProperty(name, held.getStringProperty(name));
        }
        if (held.propertyExists(Headers.SEEN)) {
            message.setLongProperty(Headers.SEEN, held.getLongProperty(Headers.SEEN));
        }
        message.setLongProperty(RELEASED, held.getLongProperty(HELD_IN));
        try (var producer = session.createProducer(session.createQueue(Events.QUEUE))) {
            producer.send(message, DeliveryMode.PERSISTENT, Urgency.BULK.priority(), Message.DEFAULT_TIME_TO_LIVE);
        }
    }

    private DeliveryRow discarded(Message held) throws JMSException {
        long now = clock.millis();
        long version = held.getLongProperty(Headers.VERSION);
        return new DeliveryRow(
                now,
                held.getStringProperty(Headers.SUBJECT),
                Destinations.ROUTER,
                held.getStringProperty(Headers.EVENT),
                held.getStringProperty(Headers.TYPE),
                version,
                Outcome.SKIPPED,
                DISCARDED,
                null,
                null,
                1,
                now - version / 1000);
    }
}
