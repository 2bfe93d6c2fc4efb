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
    private static final long FOUND_WITHIN_MILLIS = 1_000;

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
        boolean all = decided.size() <= FEW ? pick(decided) : goThrough();
        if (all) {
            missed();
        }
    }

    private boolean pick(List<Letter> letters) {
        var ids = letters.stream()
                .map(letter -> '\'' + letter.id().replace("'", "''") + '\'')
                .collect(Collectors.joining(", "));
        return work(ID + " in (" + ids + ")", letters.size(), 0, Urgency.LIVE);
    }

    private boolean goThrough() {
        long pass = clock.millis();
        return work(PASS + " is null or " + PASS + " <> " + pass, Integer.MAX_VALUE, pass, Urgency.BULK);
    }

    private boolean work(String selector, int most, long pass, Urgency urgency) {
        return Boolean.TRUE.equals(jms.execute(
                session -> {
                    try {
                        return work(session, selector, most, pass, urgency);
                    } catch (JMSException | RuntimeException e) {
                        JmsUtils.rollbackIfNecessary(session);
                        throw e;
                    }
                },
                true));
    }

    /** @return whether the end of the queue was reached, or as many were found as there can be */
    private boolean work(Session session, String selector, int most, long pass, Urgency urgency) throws JMSException {
        long deadline = clock.millis() + LONGEST.toMillis();
        int moved = 0;
        boolean ended = false;
        try (var consumer = session.createConsumer(session.createQueue(QUEUE), selector)) {
            for (int seen = 0; !ended && clock.millis() < deadline; ) {
                var batch = new ArrayList<TextMessage>();
                while (!ended && batch.size() < BATCH) {
                    var message = consumer.receive(FOUND_WITHIN_MILLIS);
                    if (message != null) {
                        batch.add((TextMessage) message);
                        seen++;
                    }
                    ended = message == null || seen == most;
                }
                moved += move(session, batch, pass, urgency);
            }
        }
        if (moved > 0) {
            LOG.info("Dead letters: {} went on or were dropped, as decided", moved);
        }
        return ended;
    }

    /** One JMS transaction. @return how many were decided */
    private int move(Session session, List<TextMessage> messages, long pass, Urgency urgency) throws JMSException {
        var ids = new ArrayList<String>();
        for (var message : messages) {
            ids.add(String.valueOf(message.getStringProperty(ID)));
        }
        var letters = table.find(ids);
        var decided = new ArrayList<String>();
        var replayed = new ArrayList<Letter>();
        for (int i = 0; i < messages.size(); i++) {
            var message = messages.get(i);
            var letter = letters.get(ids.get(i));
            if (letter == null || letter.isOpen()) {
                var stays = again(session, message, Set.of(PASS));
                stays.setLongProperty(PASS, pass);
                send(session, QUEUE, stays, message.getJMSPriority());
                continue;
            }
            decided.add(letter.id());
            if (letter.isReplayed() && letter.isOfRouter()) {
                send(
                        session,
                        String.valueOf(message.getStringProperty(CAME_FROM)),
                        again(session, message, LEFT_BEHIND),
                        urgency.priority());
            } else if (letter.isReplayed()) {
                replayed.add(letter);
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

    private static void send(Session session, String queue, Message message, int priority) throws JMSException {
        try (var producer = session.createProducer(session.createQueue(queue))) {
            producer.send(message, DeliveryMode.PERSISTENT, priority, Message.DEFAULT_TIME_TO_LIVE);
        }
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

    /** Letters without a message: the process died before it was sent, and its repeat may have gone well. */
    private void missed() {
        var missed = table.toMove(clock.millis() - MISSED_AFTER.toMillis(), BATCH);
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
