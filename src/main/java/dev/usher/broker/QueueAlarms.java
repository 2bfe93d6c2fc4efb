package dev.usher.broker;

import dev.usher.alert.Alarm;
import dev.usher.alert.Alarms;
import dev.usher.alert.AlertLimits;
import dev.usher.alert.Sighting;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * One for each queue: raised while its oldest message that waits for its turn is older than {@code
 * usher.alerts.limits.queue-age}.
 */
@Component
final class QueueAlarms implements Alarms {

    /** What waits there waits for a person; other alarms tell of it. */
    private static final Set<String> RESTING = Set.of("dead-letters", "held");

    private final Queues queues;
    private final Duration limit;
    private final Clock clock;

    QueueAlarms(Queues queues, AlertLimits limits, Clock clock) {
        this.queues = queues;
        this.limit = limits.queueAge();
        this.clock = clock;
    }

    @Override
    public List<Alarm> each() {
        return queues.all().stream()
                .filter(queue -> !RESTING.contains(queue.name()))
                .map(queue -> Alarm.of("queue-old:" + queue.name(), () -> look(queue)))
                .toList();
    }

    private Sighting look(QueueFigures queue) {
        var oldest = queue.oldest();
        if (oldest == null || oldest.isAfter(clock.instant().minus(limit))) {
            return Sighting.clear("nothing waits long in the queue " + queue.name());
        }
        return Sighting.trouble(
                "the queue " + queue.name() + " is behind",
                "In the queue " + queue.name() + " something waits since " + oldest.truncatedTo(ChronoUnit.SECONDS)
                        + ", longer than " + limit.toMinutes() + " min (usher.alerts.limits.queue-age); "
                        + queue.messages()
                        + " messages are in it. Nothing is lost.\n\n"
                        + "What to do: see whether what empties the queue is paused, or slower than what comes in. For"
                        + " deliver.<destination> look at that destination: does it answer, and does its limit of calls a"
                        + " second suffice? For events: does the directory answer? During a reconciliation or an import a"
                        + " queue may well be long; live changes go before those.");
    }
}
