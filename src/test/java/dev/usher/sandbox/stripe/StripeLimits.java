package dev.usher.sandbox.stripe;

import dev.usher.sandbox.server.Call;
import dev.usher.sandbox.server.Limit;
import dev.usher.sandbox.server.Limits;
import dev.usher.sandbox.server.SlidingWindow;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Stripe counts all requests of the account, and those of each operation; searches have a lower limit (docs.stripe.com/rate-limits). */
final class StripeLimits implements Limits {
    static final int TEST_MODE = 25;
    private static final int SEARCHES = 20;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Limit limit;
    private final @Nullable SlidingWindow account;
    private final Map<String, SlidingWindow> operations = new ConcurrentHashMap<>();

    StripeLimits(Limit limit) {
        this.limit = limit;
        this.account = limit.perSecond() == null ? null : new SlidingWindow(limit.perSecond(), SECOND);
    }

    @Override
    public @Nullable Refused refuses(Call call, int inProgress) {
        if (limit.concurrent() != null && inProgress > limit.concurrent()) {
            return new Refused("global-concurrency", null);
        }
        return account == null ? null : overRate(account, operation(call));
    }

    private synchronized @Nullable Refused overRate(SlidingWindow all, String operation) {
        SlidingWindow one = operations.computeIfAbsent(operation, this::window);
        if (!all.hasRoom()) {
            return new Refused("global-rate", null);
        }
        if (!one.hasRoom()) {
            return new Refused("endpoint-rate", null);
        }
        all.take();
        one.take();
        return null;
    }

    private SlidingWindow window(String operation) {
        int perSecond = limit.perSecond() == null ? TEST_MODE : limit.perSecond();
        return new SlidingWindow(operation.endsWith("/search") ? Math.min(SEARCHES, perSecond) : perSecond, SECOND);
    }

    private static String operation(Call call) {
        String path = call.path();
        boolean one = path.startsWith("/v1/customers/") && !path.endsWith("/search");
        return call.method() + (one ? " /v1/customers/{customer}" : " " + path);
    }
}
