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
        long millis)
        implements Change {}
