package dev.usher.entra;

import dev.usher.watermark.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides which stretches of the audit log to read. Records arrive late and bear no arrival time, so every stretch
 * begins an overlap before what is known. In a burst the overlap holds thousands of records already seen, and a poll
 * that read them all would fall ever further behind; so a poll itself goes back only so many records, and the rest of
 * the overlap is read in between, anchored where the last such reading began: a burst delays it but cannot tear a hole.
 */
final class SweepPlan {

    private final PollSettings settings;
    private final Supplier<Duration> late;

    /** @param late how late all but one in a thousand of the late records come, as measured so far */
    SweepPlan(PollSettings settings, Supplier<Duration> late) {
        this.settings = settings;
        this.late = late;
    }

    private Duration deepOverlap() {
        return settings.deepOverlap(late.get());
    }

    /**
     * The stretch every poll reads.
     *
     * @param reread when the record happened that has {@code settings.reread} seen ones after it; null if there are less
     */
    Sweep head(Watermark mark, @Nullable Instant reread, Instant now) {
        var from = mark.newest().minus(settings.overlap());
        if (reread != null && reread.isAfter(from)) {
            from = reread;
        }
        return sweep(Sweep.Reach.HEAD, from, null, mark, now);
    }

    /** The rest of the short overlap, before the head; null when it is not due, or when the head covered it. */
    @Nullable
    Sweep shallow(Watermark mark, Instant headFrom, Instant now) {
        var from = back(mark, mark.shallowAt(), settings.overlap());
        var due = !now.isBefore(mark.shallowAt().plus(settings.overlapEvery()));
        return due ? before(headFrom, sweep(Sweep.Reach.SHALLOW, from, headFrom, mark, now)) : null;
    }

    /** The deep overlap, before the head; null when it is not due, or when the head covered it. */
    @Nullable
    Sweep deep(Watermark mark, Instant headFrom, Instant now) {
        var from = back(mark, mark.deepAt(), deepOverlap());
        var due = !now.isBefore(mark.deepAt().plus(settings.deepEvery()));
        return due ? before(headFrom, sweep(Sweep.Reach.DEEP, from, headFrom, mark, now)) : null;
    }

    private static @Nullable Sweep before(Instant headFrom, Sweep sweep) {
        return sweep.query().from().isBefore(headFrom) ? sweep : null;
    }

    /** The watermark after a head was read to its end: what it covered need not be read again. */
    Watermark covered(Watermark mark, Sweep head) {
        var after = mark;
        if (!back(mark, mark.deepAt(), deepOverlap()).isBefore(head.query().from())) {
            after = after.deepAt(head.began());
        } else if (!back(mark, mark.shallowAt(), settings.overlap())
                .isBefore(head.query().from())) {
            after = after.shallowAt(head.began());
        }
        return after;
    }

    /** Whether this stretch has waited so long that it must be read even while there is no permit to spare. */
    boolean isOverdue(Sweep sweep, Watermark mark, Instant now) {
        var deep = sweep.reach() == Sweep.Reach.DEEP;
        var last = deep ? mark.deepAt() : mark.shallowAt();
        var every = deep ? settings.deepEvery() : settings.overlapEvery();
        return now.isAfter(last.plus(every.multipliedBy(4)));
    }

    private static Instant back(Watermark mark, Instant last, Duration overlap) {
        var anchor = last.isBefore(mark.newest()) ? last : mark.newest();
        return anchor.minus(overlap);
    }

    private Sweep sweep(Sweep.Reach reach, Instant from, @Nullable Instant to, Watermark mark, Instant now) {
        var floor = now.minus(settings.retention());
        var start = from.isBefore(floor) ? floor : from;
        start = start.isBefore(mark.begunAt()) ? mark.begunAt() : start;
        var query = new AuditQuery(start, to, settings.activities(), settings.pageSize());
        return new Sweep(reach, query, now, null);
    }
}
