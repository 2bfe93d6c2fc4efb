package dev.usher.people;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a person's log: one try to bring one destination up to date, or what the router did.
 *
 * @param id grows with time
 * @param at when it ended
 * @param destination its folder name, or {@code router}
 * @param outcome a word of the delivery log, such as {@code created}
 * @param text all of it in words
 * @param reason why, for outcomes that need one
 * @param rule the rule by which the destination gets the person; null for who is skipped, and where it was not kept
 * @param requestId the vendor's own id of the call
 * @param attempt 1 for the first try
 * @param millis how long it took; for the router, the time since it happened
 * @param event what happened, in words
 * @param happenedAt when; null where only the time of the question is known, as in a reconciliation
 * @param seenAt when Usher first had it on a queue; null where that was not kept
 * @param nextTryAt not before when it is tried again
 */
public record Entry(
        long id,
        Instant at,
        String destination,
        String outcome,
        String text,
        @Nullable String reason,
        @Nullable String rule,
        @Nullable String remoteId,
        @Nullable String requestId,
        int attempt,
        long millis,
        String eventId,
        String eventType,
        String event,
        @Nullable Instant happenedAt,
        @Nullable Instant seenAt,
        @Nullable Instant nextTryAt) {}
