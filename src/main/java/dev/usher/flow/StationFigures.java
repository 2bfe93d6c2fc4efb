package dev.usher.flow;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The router, or one destination, as it stands.
 *
 * @param name of the destination's folder, or {@code router}
 * @param on whether anything is sent there
 * @param perMinute what was settled in the last five minutes, by the minute; for the router the events
 * @param lastHour what was settled in the last hour
 * @param triedAgain tries of the last hour that did not succeed and are repeated
 * @param waiting messages in its queue, with those that wait for their next try; null when the broker does not tell
 * @param scheduled those that wait for the time of their next try; null when the broker does not tell
 * @param oldest when the message that is next in turn was sent; null when none waits
 * @param pausedUntil when the next call is made; null when it is not paused
 * @param failingSince since when it has not answered; null when it does
 * @param failure why it was paused last, in our words; null when it answers
 * @param parked deliveries given up, which wait as dead letters
 * @param state in a few words
 * @param settled by the minute, the oldest first, the last one unfinished; 60 numbers
 * @param failed tries that did not succeed, and deliveries given up, by the minute likewise
 */
public record StationFigures(
        String name,
        boolean on,
        double perMinute,
        long lastHour,
        long triedAgain,
        @Nullable Long waiting,
        @Nullable Long scheduled,
        @Nullable Instant oldest,
        @Nullable Instant pausedUntil,
        @Nullable Instant failingSince,
        @Nullable String failure,
        long parked,
        Level level,
        String state,
        List<Integer> settled,
        List<Integer> failed) {}
