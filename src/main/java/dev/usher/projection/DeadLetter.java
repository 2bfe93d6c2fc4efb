package dev.usher.projection;

import org.jspecify.annotations.Nullable;

/**
 * A delivery given up. The message itself waits in the queue {@code dead-letters} under this id.
 *
 * @param id the message's {@code usherDeadLetter} property
 * @param at when it was given up, in milliseconds since the epoch
 * @param subject the Entra object id; null when the event named nobody
 * @param destination the destination's folder name, or {@code router}
 * @param reason why, without personal data
 * @param attempts how many tries were made
 * @param words the vendor's own words, without personal data, at most 255 characters; null when it said none
 */
public record DeadLetter(
        String id,
        long at,
        @Nullable String subject,
        String destination,
        String eventId,
        String eventType,
        String reason,
        int attempts,
        @Nullable String words)
        implements Change {}
