package dev.usher.reconciliation;

import dev.usher.event.IdentityEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run, as its row holds it.
 *
 * @param changedAt when it last came a step further
 * @param nextLink where the listing goes on; null for its first page
 * @param place the last person who was looked for among the orphans
 * @param pages read so far
 * @param orphans persons whom the directory no longer knows
 * @param repaired users for whom an event was published
 * @param unreadable users of whom no SCIM user could be made
 * @param again why another run is to follow; null when none is
 * @param report what was counted last, as JSON text; null before the first time
 */
record Run(
        long id,
        Order order,
        State state,
        Instant startedAt,
        Instant changedAt,
        @Nullable Instant endedAt,
        @Nullable String nextLink,
        String place,
        int pages,
        long orphans,
        long repaired,
        long unreadable,
        @Nullable String again,
        @Nullable String report) {

    enum State {
        /** The users of the directory are being compared. */
        LISTING,
        /** Persons whom the listing did not show are being looked for. */
        ORPHANS,
        /** Everything is compared; repairs may still be on their way. */
        SETTLING,
        /** The report is final. */
        FINISHED,
        /** An operator ended it before everything was compared. */
        STOPPED
    }

    /** An event of this run; the same for the same user each time. */
    IdentityEvent event(String type, String subject, Instant now) {
        return order.inspection().event(id + "/" + subject, type, subject, now);
    }

    /** Whether everybody was compared. */
    boolean isCompared() {
        return state == State.SETTLING || state == State.FINISHED;
    }
}
