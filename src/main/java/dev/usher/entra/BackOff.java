package dev.usher.entra;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;

/** Decides when to poll again after a failure: as Retry-After says, or ever later. */
public final class BackOff {

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration MOST_WHEN_REFUSED = Duration.ofMinutes(5);
    private static final Duration MOST_WHEN_DOWN = Duration.ofSeconds(30);
    private static final Duration MOST_OBEYED = Duration.ofMinutes(15);

    private final Clock clock;
    private int failures;
    private Instant notBefore = Instant.MIN;

    public BackOff(Clock clock) {
        this.clock = clock;
    }

    /** Whether a failure is still being waited out. */
    public synchronized boolean waiting() {
        return clock.instant().isBefore(notBefore);
    }

    /** Forgets the failures so far. */
    public synchronized void succeeded() {
        failures = 0;
        notBefore = Instant.MIN;
    }

    /** Notes a failure and says when the next try may be. */
    public synchronized Instant failed(Exception failure) {
        var now = clock.instant();
        var wait = retryAfter(failure, now);
        if (wait == null) {
            var most = isRefusal(failure) ? MOST_WHEN_REFUSED : MOST_WHEN_DOWN;
            var grown = FIRST.multipliedBy(1L << Math.min(failures, 10));
            wait = grown.compareTo(most) < 0 ? grown : most;
        }
        failures++;
        notBefore = now.plus(wait);
        return notBefore;
    }

    private static boolean isRefusal(Exception failure) {
        return failure instanceof HttpOperationFailedException http && http.getStatusCode() < 500;
    }

    private static @Nullable Duration retryAfter(Exception failure, Instant now) {
        if (!(failure instanceof HttpOperationFailedException http) || http.getResponseHeaders() == null) {
            return null;
        }
        var value = http.getResponseHeaders().get("Retry-After");
        if (value == null) {
            return null;
        }
        try {
            var wait = value.strip().matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(value.strip()))
                    : Duration.between(
                            now,
                            ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return wait.isNegative() ? Duration.ZERO : wait.compareTo(MOST_OBEYED) > 0 ? MOST_OBEYED : wait;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
