package dev.usher.flow;

import dev.usher.broker.QueueFigures;
import dev.usher.delivery.PauseNotes.Pausing;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How one station stands, in a few words. */
record Standing(Level level, String words) {

    /** A destination that does not answer for longer wants a person. */
    static final Duration LONG = Duration.ofMinutes(5);
    /** What waits for its turn for longer is worth a look. */
    static final Duration OLD = Duration.ofMinutes(15);

    static Standing of(
            boolean on, Counts counts, @Nullable QueueFigures queue, @Nullable Pausing pausing, Instant now) {
        if (!on) {
            return new Standing(Level.GOOD, "switched off");
        }
        if (pausing != null) {
            boolean lasts = pausing.since().isBefore(now.minus(LONG));
            return new Standing(
                    lasts ? Level.BAD : Level.WARN, pausing.until().isAfter(now) ? "paused" : "being tried again");
        }
        var oldest = queue == null ? null : queue.oldest();
        if (oldest != null && oldest.isBefore(now.minus(OLD))) {
            return new Standing(Level.WARN, "behind");
        }
        if (queue != null && queue.messages() > 0) {
            return new Standing(Level.GOOD, "at work");
        }
        return new Standing(Level.GOOD, counts.perMinute() > 0 ? "delivering" : "idle");
    }
}
