package dev.usher.sandbox.server;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One limit over all calls of a system. */
public final class GeneralLimits implements Limits {
    private final Limit limit;
    private final @Nullable SlidingWindow window;

    public GeneralLimits(Limit limit) {
        this.limit = limit;
        this.window = limit.perSecond() == null ? null : new SlidingWindow(limit.perSecond(), Duration.ofSeconds(1));
    }

    @Override
    public @Nullable Refused refuses(Call call, int inProgress) {
        if (limit.concurrent() != null && inProgress > limit.concurrent()) {
            return new Refused("global-concurrency", 1);
        }
        return window == null || window.admit() ? null : new Refused("global-rate", 1);
    }
}
