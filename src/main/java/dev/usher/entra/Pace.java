package dev.usher.entra;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/** Keeps calls to at most a number within any window of time, over all polls. */
public final class Pace {

    private final int requests;
    private final Duration per;
    private final Clock clock;
    private final ArrayDeque<Instant> taken = new ArrayDeque<>();

    /**
     * @param requests most calls in any window, at least 1
     * @param per length of the window
     */
    public Pace(int requests, Duration per, Clock clock) {
        this.requests = requests;
        this.per = per;
        this.clock = clock;
    }

    /** Takes a permit when more than {@code reserve} of them are free; otherwise says how long until that is so. */
    public synchronized Duration take(int reserve) {
        var now = clock.instant();
        while (!taken.isEmpty() && !taken.getFirst().plus(per).isAfter(now)) {
            taken.removeFirst();
        }
        var excess = taken.size() + reserve - requests;
        if (excess < 0) {
            taken.addLast(now);
            return Duration.ZERO;
        }
        return Duration.between(
                now, taken.stream().skip(excess).findFirst().orElse(now).plus(per));
    }

    /**
     * Counts the last permit from now on. The other side counts a call when it arrives, which is after the permit was
     * taken and before the answer came: counting from the answer can never be too early.
     */
    synchronized void answered() {
        if (!taken.isEmpty()) {
            taken.removeLast();
            taken.addLast(clock.instant());
        }
    }
}
