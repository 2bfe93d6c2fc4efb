package dev.usher.birthright;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A grant that Usher gave to a user, or is about to give.
 *
 * @param assignmentId by which an app role is taken away again; null for groups, and where no answer told it
 * @param askedAt when the directory did not have it and Usher was about to ask for it, in milliseconds since the epoch
 * @param addedAt when the directory confirmed it; null as long as there is no answer
 */
record Holding(
        String subject,
        Grant grant,
        @Nullable String assignmentId,
        long askedAt,
        @Nullable Long addedAt) {

    Holding confirmed(@Nullable String id, long now) {
        return new Holding(subject, grant, id, askedAt, now);
    }

    boolean isConfirmed() {
        return addedAt != null;
    }

    /** Whether the directory may not show it yet everywhere, because it was given or asked for so lately. */
    boolean isYoungerThan(Duration patience, long now) {
        return now - (addedAt == null ? askedAt : addedAt) < patience.toMillis();
    }
}
