package dev.usher.deadletter;

import dev.usher.event.Events;
import dev.usher.event.Headers;
import dev.usher.event.IdentityEvent;
import dev.usher.event.Urgency;
import dev.usher.projection.Projections;
import dev.usher.router.Inspection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.jms.support.JmsUtils;
import org.springframework.stereotype.Component;

/**
 * The bean {@code deadLetterQueue}, called by the route {@code settle-dead-letters}: brings the queue {@code dead-letters} in
 * line with what was decided of its letters.
 *
 * <p>The decision is durable before its message moves, and the message moves in one JMS transaction. So a message that is
 * still there has not been moved, whenever the process died. A few messages are picked by selector, which looks through the
 * whole queue; for many of them the whole queue is gone through once, and what is still open goes to its end.
 */
@Component("deadLetterQueue")
public final class DeadLetterQueue {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterQueue.class);
    private static final String QUEUE = "dead-letters";
    private static final String ID = "usherDeadLetter";
    private static final String CAME_FROM = "usherQueue";
    private static final String PASS = "usherPass";

    /** Of one try alone; whoever sends the message again begins anew. */
    private static final Set<String> LEFT_BEHIND = Set.of(ID, CAME_FROM, PASS, Headers.ATTEMPT, Headers.VARIANT);

    private static final int FEW = 100;
    private static final int BATCH = 200;
    private static final long NEXT_WITHIN_MILLIS = 1_000;

    /** At a stop Quartz waits for what it has begun. */
    private static final Duration LONGEST = Duration.ofSeconds(15);

    /** The row is written before its message is sent; after so long no message will come any more. */
    private static final Duration MISSED_AFTER = Duration.ofSeconds(30);

    private final LetterTable table;
    private final Resolution resolution;
    private final Projections projections;
    private final Events events;
    private final JmsTemplate jms;
    private final Clock clock;

    /** The number of the pass that has not ended yet, the time it began; 0 when none is under way. */
    private volatile long pass;

    DeadLetterQueue(
            LetterTable table,
            Resolution resolution,
            Projections projections,
            Events events,
            ConnectionFactory connections,
            Clock clock) {
        this.table = table;
        this.resolution = resolution;
        this.projections = projections;
        this.events = events;
        this.clock = clock;
        this.jms = new JmsTemplate(connections);
        jms.setSessionTransacted(true);
    }

    /**
     * Closes letters that nobody needs any more, then moves what is decided, for a quarter of a minute at most; the next call
     * goes on. Costs two queries when there is nothing to do.
     */
    public void settle() {
        resolution.step();
        var decided = table.toMove(Long.MAX_VALUE, FEW + 1);
        if (decided.isEmpty()) {
            return;
        }
        long begun = pass == 0 ? clock.millis() : pass;
        boolean all = decided.size() <= FEW ? pick(decided) : goThrough();
        if (all) {
            missed(Math.min(begun, clock.millis() - MISSED_AFTER.toMillis()));
        }
    }

    private boolean pick(List<Letter> letters) {
        var ids = letters.stream()
                .map(letter -> '\'' + letter.id().replace("'", "''") + '\'')
                .collect(Collectors.joining(", "));
        return work(ID + " in (" + ids + ")", letters.size(), LONGEST.toMillis(), 0, Urgency.LIVE);
    }

    /** A pass that was not ended goes on under its number, so that it does not meet again what it sent to the end. */
    private boolean goThrough() {
        if (pass == 0) {
            pass = clock.millis();
        }
        boolean ended = work(
                PASS + " is null or " + PASS + " <> " + pass,
                table.counts().moving(),
                NEXT_WITHIN_MILLIS,
                pass,
                Urgency.BULK);
        if (ended) {
            pass = 0;
        }
        return ended;
    }

    private boolean work(String selector, long decided, long patience, long number, Urgency urgency) {
        return Boolean.TRUE.equals(jms.execute(
                session -> {
                    try {
                        return work(session, selector, decided, patience, number, urgency);
                    } catch (JMSException | RuntimeException e) {
                        JmsUtils.rollbackIfNecessary(session);
                        throw e;
                    }
                },
                true));
    }

    /**
     * @param decided how many messages are looked for
     * @param patience how long the next one may take to be found, in milliseconds
     * @return whether all were found, or the end of the queue was reached
     */
    private boolean work(Session session, String selector, long decided, long patience, long number, Urgency urgency)
            throws JMSException {
        long deadline = clock.millis() + LONGEST.toMillis();
        long moved = 0;
        boolean ended = false;
        try (var consumer = session.createConsumer(session.createQueue(QUEUE), selector)) {
            while (!ended && clock.millis() < deadline) {
                var batch = new ArrayList<TextMessage>();
                long most = number == 0 ? Math.min(BATCH, decided - moved) : BATCH;
                while (!ended && batch.size() < most) {
                    var message = consumer.receive(patience);
                    if (message != null) {
                        batch.add((TextMessage) message);
                    }
                    ended = message == null;
                }
                moved += move(session, batch, number, urgency);
                ended = ended || moved >= decided;
            }
        }
        if (moved > 0) {
            LOG.info("Dead letters: {} went on or were dropped, as decided", moved);
        }
        return ended;
    }

    /** One JMS transaction. @return how many were decided */
    private int move(Session session, List<TextMessage> messages, long number, Urgency urgency) throws JMSException {
        if (messages.isEmpty()) {
            return 0;
        }
        var ids = new ArrayList<String>();
        for (var message : messages) {
            ids.add(String.valueOf(message.getStringProperty(ID)));
        }
        var letters = table.find(ids);
        var decided = new ArrayList<String>();
        var replayed = new ArrayList<Letter>();
        // one producer for all: to make one asks the broker each time
        try (var producer = session.createProducer(null)) {
            for (int i = 0; i < messages.size(); i++) {
                var message = messages.get(i);
                var letter = letters.get(ids.get(i));
                if (letter == null || letter.isOpen()) {
                    var stays = again(session, message, Set.of(PASS));
                    stays.setLongProperty(PASS, number);
                    send(producer, session.createQueue(QUEUE), stays, message.getJMSPriority());
                    continue;
                }
                decided.add(letter.id());
                if (letter.isReplayed() && letter.isOfRouter()) {
                    var from = String.valueOf(message.getStringProperty(CAME_FROM));
                    var event = again(session, message, LEFT_BEHIND);
                    send(producer, session.createQueue(from), event, urgency.priority());
                } else if (letter.isReplayed()) {
                    replayed.add(letter);
                }
            }
        }
        events.send(session, requests(replayed), urgency);
        session.commit();
        table.moved(decided);
        return decided.size();
    }

    private static TextMessage again(Session session, TextMessage message, Set<String> without) throws JMSException {
        var copy = session.createTextMessage(message.getText());
        for (var name : Collections.list((java.util.Enumeration<?>) message.getPropertyNames())) {
            var property = String.valueOf(name);
            boolean ours = property.startsWith("usher") || property.equals(Headers.GROUP);
            if (ours && !without.contains(property)) {
                copy.setObjectProperty(property, message.getObjectProperty(property));
            }
        }
        return copy;
    }

    private static void send(MessageProducer producer, Queue queue, Message message, int priority) throws JMSException {
        producer.send(queue, message, DeliveryMode.PERSISTENT, priority, Message.DEFAULT_TIME_TO_LIVE);
    }

    /** For each letter the event that asks the router to bring its user to its destination, as they are now. */
    private List<IdentityEvent> requests(Collection<Letter> letters) {
        var subjects =
                letters.stream().map(Letter::subject).filter(Objects::nonNull).toList();
        var known = projections.find(subjects);
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var requests = new ArrayList<IdentityEvent>();
        for (var letter : letters) {
            var subject = letter.subject();
            if (subject != null) {
                var user = known.get(subject);
                var person = user == null ? null : user.person();
                boolean deleted = person != null && person.deleted();
                requests.add(Inspection.replayed(letter.destination())
                        .event(letter.replay(), deleted ? "user.deleted" : "user.updated", subject, now));
            }
        }
        return requests;
    }

    /**
     * Letters without a message: the process died before it was sent, and its repeat may have gone well.
     *
     * @param before whose message was looked for although they were decided before this time
     */
    private void missed(long before) {
        var missed = table.toMove(before, BATCH);
        if (missed.isEmpty()) {
            return;
        }
        events.publish(
                requests(missed.stream()
                        .filter(letter -> letter.isReplayed() && !letter.isOfRouter())
                        .toList()),
                Urgency.LIVE);
        missed.stream()
                .filter(letter -> letter.isReplayed() && letter.isOfRouter())
                .forEach(letter -> table.note(
                        letter.id(), "no message was held for it, so nothing was sent: synchronise the user instead"));
        table.moved(missed.stream().map(Letter::id).toList());
    }
}
