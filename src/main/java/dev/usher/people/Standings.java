package dev.usher.people;

import dev.usher.delivery.PauseNotes.Pausing;
import dev.usher.destination.Destination;
import dev.usher.people.Overview.Standing;
import dev.usher.projection.Known;
import dev.usher.projection.Outcome;
import dev.usher.projection.Projection;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What one destination holds of a person, in words. */
final class Standings {

    private Standings() {}

    /**
     * @param last the newest line of the log for this destination; null when there is none
     * @param pausing since when the destination does not answer; null when it does
     */
    static Standing of(Destination destination, Known known, @Nullable LogRow last, @Nullable Pausing pausing) {
        var projection = known.in(destination.name());
        var title = Wording.heading(destination.name());
        boolean enabled = destination.settings().enabled();
        boolean behind = enabled && isBehind(known, projection, last);
        var next = behind && last != null && last.row().outcome() == Outcome.RETRYING ? last : null;
        boolean outdated = enabled
                && projection != null
                && projection.mapping() != null
                && !destination.mapping().equals(projection.mapping());
        return new Standing(
                destination.name(),
                title,
                !enabled ? "off" : behind ? "waiting" : projection == null ? "unknown" : word(projection),
                text(projection, enabled, behind, next, pausing) + (outdated ? " Its mapping has changed since." : ""),
                projection == null ? null : projection.remoteId(),
                projection == null || projection.version() == 0
                        ? null
                        : Instant.ofEpochMilli(projection.version() / 1000),
                outdated,
                behind ? nextTry(next, pausing) : null);
    }

    private static @Nullable Instant nextTry(@Nullable LogRow next, @Nullable Pausing pausing) {
        return next != null ? next.nextTryAt() : pausing == null ? null : pausing.until();
    }

    /**
     * Whether the last change is still on its way there: the router wrote the person when it queued the change, and the log
     * has no last word on it.
     */
    private static boolean isBehind(Known known, @Nullable Projection projection, @Nullable LogRow last) {
        var person = known.person();
        if (person == null) {
            return false;
        }
        if (last != null && last.row().version() >= person.version()) {
            return last.row().outcome() == Outcome.RETRYING;
        }
        return projection == null
                || projection.version() < person.version()
                        && !person.contentHash().equals(projection.userHash());
    }

    private static String word(Projection projection) {
        return projection.state().name().toLowerCase(Locale.ROOT);
    }

    private static String text(
            @Nullable Projection projection,
            boolean enabled,
            boolean behind,
            @Nullable LogRow next,
            @Nullable Pausing pausing) {
        if (!enabled) {
            return "Switched off.";
        }
        var holds = projection == null ? "Nothing was delivered yet." : holds(projection);
        if (!behind) {
            return holds;
        }
        var waits = next == null
                ? " The last change waits in its queue."
                : " The last change waits for its next try"
                        + Wording.reason(next.row().reason()) + ".";
        return holds
                + waits
                + (pausing == null
                        ? ""
                        : " It does not answer since " + Wording.time(pausing.since()) + ": " + pausing.reason() + ".");
    }

    private static String holds(Projection projection) {
        var record = projection.remoteId() == null ? "a record" : projection.remoteId();
        return switch (projection.state()) {
            case CURRENT -> "Holds this person as " + record + ".";
            case ARCHIVED -> "Archived " + record + ", because the person left.";
            case DELETED -> "Removed the record, because the person left.";
            case SKIPPED ->
                "Not sent" + Wording.reason(projection.reason()) + "."
                        + (projection.remoteId() == null ? "" : " What is there, " + record + ", is left alone.");
            case CLAIMED -> "A create was sent, and its answer is not known yet.";
            case PARKED ->
                projection.reason() == null
                        ? "Nothing is known of what it holds."
                        : "Not up to date" + Wording.reason(projection.reason()) + ".";
        };
    }
}
