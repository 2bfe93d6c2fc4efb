package dev.usher.leaving;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many users there are. Counting takes as long as there are many, so the last count serves for a while. */
final class UserCount {

    private static final Logger LOG = LoggerFactory.getLogger(UserCount.class);
    private static final Duration SHOWN_FOR = Duration.ofMinutes(1);

    private final LongUnaryOperator counting;
    private final Clock clock;
    private final Executor background;
    private final AtomicBoolean atWork = new AtomicBoolean();
    private volatile long last;
    private volatile long countedAt;

    /** @param counting gives the number of users, those included who left after a time in milliseconds since the epoch */
    UserCount(LongUnaryOperator counting, Clock clock, Executor background) {
        this.counting = counting;
        this.clock = clock;
        this.background = background;
    }

    /** As counted last; 0 before the first time. */
    long last() {
        return last;
    }

    /** Counted anew when the last time was this long ago, or longer. */
    long within(Duration time, long since) {
        if (clock.millis() - countedAt >= time.toMillis()) {
            last = counting.applyAsLong(since);
            countedAt = clock.millis();
        }
        return last;
    }

    /** As counted last; when that was a minute ago it is counted in the background, for whoever asks next. Only the first waits. */
    long lately(long since) {
        if (countedAt == 0) {
            return within(SHOWN_FOR, since);
        }
        if (clock.millis() - countedAt >= SHOWN_FOR.toMillis() && atWork.compareAndSet(false, true)) {
            background.execute(() -> count(since));
        }
        return last;
    }

    private void count(long since) {
        try {
            within(SHOWN_FOR, since);
        } catch (RuntimeException e) {
            LOG.debug("The users were not counted", e);
        } finally {
            atWork.set(false);
        }
    }
}
