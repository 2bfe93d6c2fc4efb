package dev.usher.sandbox.dataverse;

import dev.usher.sandbox.server.Call;
import dev.usher.sandbox.server.Limit;
import dev.usher.sandbox.server.Limits;
import dev.usher.sandbox.server.SlidingWindow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Service protection of one user on one server: 6,000 requests in five minutes, 52 at a time. An ordered limit counts per second. */
final class ServiceProtection implements Limits {
    private static final int REQUESTS = 6000;
    private static final int CONCURRENT = 52;
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final @Nullable SlidingWindow window;
    private final @Nullable Integer concurrent;

    private ServiceProtection(@Nullable SlidingWindow window, @Nullable Integer concurrent) {
        this.window = window;
        this.concurrent = concurrent;
    }

    static ServiceProtection ofVendor() {
        return new ServiceProtection(new SlidingWindow(REQUESTS, FIVE_MINUTES), CONCURRENT);
    }

    static ServiceProtection ordered(Limit limit) {
        Integer perSecond = limit.perSecond();
        return new ServiceProtection(
                perSecond == null ? null : new SlidingWindow(perSecond, Duration.ofSeconds(1)), limit.concurrent());
    }

    @Override
    public @Nullable Refused refuses(Call call, int inProgress) {
        if (concurrent != null && inProgress > concurrent) {
            return new Refused(DataverseErrors.CONCURRENT, 1);
        }
        return window == null || window.admit() ? null : new Refused(DataverseErrors.REQUESTS, window.secondsToWait());
    }
}
