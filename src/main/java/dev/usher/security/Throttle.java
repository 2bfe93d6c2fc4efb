package dev.usher.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Refuses for a while who failed too often in a row: for {@code first}, and for twice as long after each further failure,
 * up to {@code longest}. A failure is forgotten after {@code memory} without another one. Remembers the 10,000 that failed last.
 */
final class Throttle {

    private static final int REMEMBERED = 10_000;
    private static final int MOST_DOUBLINGS = 20;

    private final int tries;
    private final Duration first;
    private final Duration longest;
    private final Duration memory;
    private final Clock clock;
    private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Failures(int count, Instant last, Instant refusedUntil) {}

    Throttle(int tries, Duration first, Duration longest, Duration memory, Clock clock) {
        this.tries = tries;
        this.first = first;
        this.longest = longest;
        this.memory = memory;
        this.clock = clock;
    }

    synchronized boolean refuses(String who) {
        var found = failures.get(who);
        return found != null && clock.instant().isBefore(found.refusedUntil());
    }

    synchronized void failed(String who) {
        var now = clock.instant();
        var before = failures.get(who);
        int count = before != null && before.last().plus(memory).isAfter(now) ? before.count() + 1 : 1;
        failures.put(who, new Failures(count, now, now.plus(refusal(count))));
    }

    synchronized void succeeded(String who) {
        failures.remove(who);
    }

    private Duration refusal(int count) {
        if (count < tries) {
            return Duration.ZERO;
        }
        var doubled = first.multipliedBy(1L << Math.min(count - tries, MOST_DOUBLINGS));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
}
