package dev.usher.delivery;

import dev.usher.destination.Destinations;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * How long a destination will need for what the router gave it. An estimate of this process, from what went in, how
 * quickly it comes out, and the pace that the destination keeps: nothing may depend on it but a waiting time. What was put
 * into a queue in vain (a transaction that rolled back) is forgotten when something younger is taken, or with the next rest.
 */
@Component
public final class Backlog {

    /** When nothing was taken for so long, what is counted as waiting is an error of counting, or waits for its repeat. */
    private static final long REST_MILLIS = 10_000;

    /** What was taken longer ago than this counts for little: a pause of a fraction of a second says nothing of what follows. */
    private static final double MEMORY_MILLIS = 5_000;

    /** Consumers take in advance, so one may be at what is so much younger than what another still has. */
    private static final long OVERTAKEN_MILLIS = 1_000;

    /** What is queued within this time is counted as one. */
    private static final long GRAIN_MILLIS = 100;

    private final Destinations destinations;
    private final Pauses pauses;
    private final Clock clock;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

    Backlog(Destinations destinations, Pauses pauses, Clock clock) {
        this.destinations = destinations;
        this.pauses = pauses;
        this.clock = clock;
    }

    /** A delivery is about to be queued for this destination. */
    public void queued(String destination) {
        lane(destination).queued(clock.millis());
    }

    /** A delivery was taken from the queue of this destination, in which it was since this moment. */
    void taken(String destination, long sentAt) {
        lane(destination).taken(clock.millis(), sentAt);
    }

    /** How long a delivery that is queued now will wait; zero while the destination is switched off or paused: nobody knows then. */
    public Duration of(String destination) {
        var settings = destinations.get(destination).settings();
        if (!settings.enabled() || !pauses.remaining("deliver-" + destination).isZero()) {
            return Duration.ZERO;
        }
        return lane(destination).drain(clock.millis(), settings.millisBetweenCalls());
    }

    private Lane lane(String destination) {
        return lanes.computeIfAbsent(destination, name -> new Lane());
    }

    private static final class Lane {

        /** How many wait of those that were queued at one time, oldest first. */
        private static final class Queued {

            final long at;
            int number;

            Queued(long at) {
                this.at = at;
            }
        }

        private final Deque<Queued> queue = new ArrayDeque<>();
        private int waiting;
        private long lastTaken;
        private double millis;
        private double number;

        synchronized void queued(long now) {
            if (waiting == 0 || now - lastTaken > REST_MILLIS) {
                queue.clear();
                waiting = 0;
                lastTaken = now;
            }
            if (queue.isEmpty() || now - queue.getLast().at >= GRAIN_MILLIS) {
                queue.addLast(new Queued(now));
            }
            queue.getLast().number++;
            waiting++;
        }

        synchronized void taken(long now, long sentAt) {
            while (!queue.isEmpty() && queue.getFirst().at < sentAt - OVERTAKEN_MILLIS) {
                waiting -= queue.removeFirst().number;
            }
            if (!queue.isEmpty() && queue.getFirst().at <= sentAt) {
                waiting--;
                if (--queue.getFirst().number == 0) {
                    queue.removeFirst();
                }
                measure(now - Math.max(lastTaken, sentAt));
            }
            lastTaken = now;
        }

        /** Nobody worked on this one before it was there: that time says nothing of how long one takes. */
        private void measure(long worked) {
            long since = Math.max(0, Math.min(worked, REST_MILLIS));
            double kept = Math.exp(-since / MEMORY_MILLIS);
            millis = kept * millis + since;
            number = kept * number + 1;
        }

        synchronized Duration drain(long now, double leastMillisEach) {
            return now - lastTaken > REST_MILLIS
                    ? Duration.ZERO
                    : Duration.ofMillis(
                            (long) (waiting * Math.max(number == 0 ? 0 : millis / number, leastMillisEach)));
        }
    }
}
