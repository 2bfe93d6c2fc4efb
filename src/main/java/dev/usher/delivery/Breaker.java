package dev.usher.delivery;

import dev.usher.destination.DeliverySettings;
import org.jspecify.annotations.Nullable;

/**
 * When one destination may be called: closed (any number of calls), paused (none), or probing (one call decides). Pauses
 * grow by two from probe to failed probe. All times are epoch milliseconds.
 */
final class Breaker {

    enum Entry {
        GO,
        PAUSED
    }

    final DeliverySettings.Pause settings;
    private int failures;
    private int pauses;
    private long until;
    private boolean probing;

    Breaker(DeliverySettings.Pause settings) {
        this.settings = settings;
    }

    /** Waits, at most {@code patience} milliseconds, while somebody else's probe is under way. */
    synchronized Entry enter(long now, long patience) {
        if (pauses == 0) {
            return Entry.GO;
        }
        if (now < until) {
            return Entry.PAUSED;
        }
        if (!probing) {
            probing = true;
            return Entry.GO;
        }
        int before = pauses;
        await(patience);
        if (pauses == 0) {
            return Entry.GO;
        }
        if (before != pauses) {
            return Entry.PAUSED;
        }
        probing = true;
        return Entry.GO;
    }

    /** Whoever entered did not call after all: the next one may be the probe. */
    synchronized void left() {
        probing = false;
        notifyAll();
    }

    private void await(long patience) {
        int before = pauses;
        long deadline = System.nanoTime() + patience * 1_000_000;
        try {
            for (long left = patience;
                    left > 0 && pauses == before && probing;
                    left = (deadline - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether this ended a pause */
    synchronized boolean succeeded() {
        boolean ended = pauses > 0;
        failures = 0;
        pauses = 0;
        until = 0;
        probing = false;
        notifyAll();
        return ended;
    }

    /** @return for how many milliseconds the destination is to be paused from now on; 0 when it already is */
    synchronized long throttled(long now, @Nullable Long asked) {
        if (now < until) {
            return 0;
        }
        return pause(now, asked);
    }

    /** @return for how many milliseconds the destination is to be paused from now on; 0 for not at all, or already */
    synchronized long failed(long now) {
        failures++;
        if (now < until || (pauses == 0 && failures < settings.after())) {
            return 0;
        }
        return pause(now, null);
    }

    synchronized long until() {
        return until;
    }

    private long pause(long now, @Nullable Long asked) {
        long grown = settings.first().toMillis() << Math.min(pauses, 20);
        long own = Math.min(grown, settings.most().toMillis());
        long length = asked == null ? own : Math.max(asked, 1);
        pauses++;
        until = now + length;
        probing = false;
        notifyAll();
        return length;
    }
}
