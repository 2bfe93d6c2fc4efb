package dev.usher.projection;

import org.jspecify.annotations.Nullable;

/**
 * One line of the delivery log: one try to bring one projection up to date.
 *
 * @param at when it ended, in milliseconds since the epoch
 * @param version event time, in microseconds since the epoch
 * @param reason why, for outcomes that need one; holds no personal data
 * @param requestId the vendor's own id of the call
 * @param attempt 1 for the first try
 * @param millis how long the try took
 * @param seenAt when Usher first had the event on a queue, in milliseconds since the epoch; null where that is not known
 * @param nextTry for {@link Outcome#RETRYING}: not before when it is tried again, in milliseconds since the epoch; null when
 *     nobody knows
 * @param rule the rule by which the destination gets the user; null for the router, and for who is skipped
 */
public record DeliveryRow(
        long at,
        String subject,
        String destination,
        String eventId,
        String eventType,
        long version,
        Outcome outcome,
        @Nullable String reason,
        @Nullable String remoteId,
        @Nullable String requestId,
        int attempt,
        long millis,
        @Nullable Long seenAt,
        @Nullable Long nextTry,
        @Nullable String rule)
        implements Change {

    /** A row of which no more is known. */
    public DeliveryRow(
            long at,
            String subject,
            String destination,
            String eventId,
            String eventType,
            long version,
            Outcome outcome,
            @Nullable String reason,
            @Nullable String remoteId,
            @Nullable String requestId,
            int attempt,
            long millis) {
        this(
                at,
                subject,
                destination,
                eventId,
                eventType,
                version,
                outcome,
                reason,
                remoteId,
                requestId,
                attempt,
                millis,
                null,
                null,
                null);
    }

    /** The same, with the time before which it is not tried again. */
    public DeliveryRow triedAgain(long notBefore) {
        return new DeliveryRow(
                at,
                subject,
                destination,
                eventId,
                eventType,
                version,
                outcome,
                reason,
                remoteId,
                requestId,
                attempt,
                millis,
                seenAt,
                notBefore,
                rule);
    }
}
