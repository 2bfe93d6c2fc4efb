package dev.usher.people;

import dev.usher.projection.DeliveryRow;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One row of the delivery log with its number. */
record LogRow(long id, DeliveryRow row) {

    /** Events that somebody asked for: by an operator, or by the reconciliation of this number. */
    private static final Pattern ASKED = Pattern.compile(Pattern.quote(Synchronisation.PREFIX) + ".*|\\d+/.*");

    /** Whether nothing happened to the person: somebody wanted to be sure. */
    boolean isAsked() {
        return ASKED.matcher(row.eventId()).matches();
    }

    boolean isOrdered() {
        return row.eventId().startsWith(Synchronisation.PREFIX);
    }

    /** When it happened; null for what was asked for. The version of a late change is a little newer than its time. */
    @Nullable
    Instant happenedAt() {
        return isAsked() || row.version() == 0 ? null : Instant.ofEpochMilli(row.version() / 1000);
    }

    @Nullable
    Instant seenAt() {
        return instant(row.seenAt());
    }

    @Nullable
    Instant nextTryAt() {
        return instant(row.nextTry());
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
