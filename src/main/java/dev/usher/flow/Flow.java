package dev.usher.flow;

import dev.usher.broker.QueueFigures;
import dev.usher.broker.Queues;
import dev.usher.delivery.PauseNotes;
import dev.usher.delivery.PauseNotes.Pausing;
import dev.usher.destination.Destination;
import dev.usher.destination.Destinations;
import dev.usher.event.Events;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jms.JmsException;
import org.springframework.stereotype.Component;

/**
 * The live figures of the whole flow, for the console, the API and whoever asks. They are taken at most once a second,
 * however many ask; who asks while they are taken gets the ones before.
 */
@Component
public final class Flow {

    private static final Logger LOG = LoggerFactory.getLogger(Flow.class);
    private static final long FRESH = 1_000;

    private final Destinations destinations;
    private final SourceWatch sources;
    private final PauseNotes pauses;
    private final Queues queues;
    private final History history;
    private final JdbcTemplate jdbc;
    private final Clock clock;
    private final ReentrantLock taking = new ReentrantLock();
    private volatile @Nullable FlowFigures last;

    Flow(
            Destinations destinations,
            SourceWatch sources,
            PauseNotes pauses,
            Queues queues,
            History history,
            JdbcTemplate jdbc,
            Clock clock) {
        this.destinations = destinations;
        this.sources = sources;
        this.pauses = pauses;
        this.queues = queues;
        this.history = history;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The figures, at most a second old; older only while others take new ones.
     *
     * @throws org.springframework.dao.DataAccessException when the database does not answer
     */
    public FlowFigures now() {
        var known = last;
        if (known != null && isFresh(known)) {
            return known;
        }
        if (known != null && !taking.tryLock()) {
            return known;
        }
        if (known == null) {
            taking.lock();
        }
        try {
            var meanwhile = last;
            if (meanwhile != null && isFresh(meanwhile)) {
                return meanwhile;
            }
            var taken = take();
            last = taken;
            return taken;
        } finally {
            taking.unlock();
        }
    }

    /** Counts what was logged since, so that the next who asks does not wait for it. Called now and then by a timer. */
    public void keepUp() {
        history.read(clock.millis());
    }

    private boolean isFresh(FlowFigures figures) {
        long age = clock.millis() - figures.at().toEpochMilli();
        return age >= 0 && age < FRESH;
    }

    private FlowFigures take() {
        var now = clock.instant();
        history.read(now.toEpochMilli());
        var waiting = waiting();
        var pausing = pauses.all().stream().collect(Collectors.toMap(Pausing::destination, Function.identity()));
        var parked = parked();
        var all = destinations.all();
        var names = all.stream().map(Destination::name).toList();
        var router = station(
                Destinations.ROUTER,
                true,
                history.ofRouter(names, now.toEpochMilli()),
                waiting == null ? null : queue(waiting, Events.QUEUE),
                pausing.get(Destinations.ROUTER),
                parked,
                now);
        var stations = all.stream()
                .map(destination -> station(
                        destination.name(),
                        destination.settings().enabled(),
                        history.of(destination.name(), now.toEpochMilli()),
                        waiting == null ? null : queue(waiting, "deliver." + destination.name()),
                        pausing.get(destination.name()),
                        parked,
                        now))
                .toList();
        var seen = sources.look(now);
        var reasons = Verdict.reasons(seen, router, stations, waiting != null, alarms(), now);
        var level = Verdict.worst(reasons);
        return new FlowFigures(now, level, Verdict.headline(level), reasons, seen, router, stations);
    }

    /** Null when the broker does not tell. */
    private @Nullable Map<String, QueueFigures> waiting() {
        try {
            return queues.all().stream().collect(Collectors.toMap(QueueFigures::name, Function.identity()));
        } catch (JmsException e) {
            LOG.debug("The broker does not tell of its queues", e);
            return null;
        }
    }

    private static QueueFigures queue(Map<String, QueueFigures> waiting, String name) {
        return waiting.getOrDefault(name, new QueueFigures(name, 0, 0, null));
    }

    private Map<String, Long> parked() {
        var parked = new HashMap<String, Long>();
        jdbc.query("select destination, count(*) from dead_letter where state = 'open' group by destination", row -> {
            parked.put(row.getString(1), row.getLong(2));
        });
        return parked;
    }

    /** The subjects of the alarms that are raised, by name. */
    private Map<String, String> alarms() {
        var alarms = new HashMap<String, String>();
        jdbc.query("select name, subject from alarm where raised = true and subject is not null", row -> {
            alarms.put(row.getString(1), row.getString(2));
        });
        return alarms;
    }

    private static StationFigures station(
            String name,
            boolean on,
            Counts counts,
            @Nullable QueueFigures queue,
            @Nullable Pausing pausing,
            Map<String, Long> parked,
            Instant now) {
        var standing = Standing.of(on, counts, queue, pausing, now);
        return new StationFigures(
                name,
                on,
                counts.perMinute(),
                counts.lastHour(),
                counts.triedAgain(),
                queue == null ? null : queue.messages(),
                queue == null ? null : queue.scheduled(),
                queue == null ? null : queue.oldest(),
                pausing != null && pausing.until().isAfter(now) ? pausing.until() : null,
                pausing == null ? null : pausing.since(),
                pausing == null ? null : pausing.reason(),
                parked.getOrDefault(name, 0L),
                standing.level(),
                standing.words(),
                counts.settled(),
                counts.failed());
    }
}
