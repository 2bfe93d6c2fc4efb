package dev.usher.broker;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one queue holds.
 *
 * @param name such as {@code events} or {@code deliver.stripe}
 * @param messages all of them: waiting, scheduled for a later try, and handed to a consumer; 0 or more
 * @param scheduled those of them that wait for the time of their next try
 * @param oldest when the message that is next in turn was sent, which is the oldest of the most urgent ones; null when
 *     none waits for its turn (there is none, or all are scheduled or in hand)
 */
public record QueueFigures(
        String name,
        long messages,
        long scheduled,
        @Nullable Instant oldest) {}
