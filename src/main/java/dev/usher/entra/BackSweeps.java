package dev.usher.entra;

import dev.usher.watermark.Watermark;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The stretches before the head that are being read again, a page now and then, over many polls. When both want a page
 * they take turns. They live in memory: after a restart a stretch is simply begun anew.
 */
final class BackSweeps {

    private final SweepPlan plan;
    private @Nullable Sweep shallow;
    private @Nullable Sweep deep;
    private boolean shallowWasLast;

    BackSweeps(SweepPlan plan) {
        this.plan = plan;
    }

    /** The one that is to read its next page; null when none is due. */
    synchronized @Nullable Sweep next(Watermark mark, Instant headFrom, Instant now) {
        shallow = shallow == null ? plan.shallow(mark, headFrom, now) : shallow;
        deep = deep == null ? plan.deep(mark, headFrom, now) : deep;
        if (shallow == null || deep == null) {
            return shallow == null ? deep : shallow;
        }
        return shallowWasLast ? deep : shallow;
    }

    /** Notes that a page was read; returns the watermark, which moves when it was the last page. */
    synchronized Watermark read(Sweep sweep, @Nullable String nextLink, Watermark mark) {
        var rest = nextLink == null ? null : sweep.at(nextLink);
        shallowWasLast = sweep.reach() == Sweep.Reach.SHALLOW;
        if (shallowWasLast) {
            shallow = rest;
            return rest == null ? mark.shallowAt(sweep.began()) : mark;
        }
        deep = rest;
        return rest == null ? mark.deepAt(sweep.began()) : mark;
    }

    /** Forgets both after a failure: a link may be what failed, and they are soon due again. */
    synchronized void drop() {
        shallow = null;
        deep = null;
    }
}
