package dev.usher.sandbox.salesforce;

import dev.usher.sandbox.server.Call;
import dev.usher.sandbox.server.Limits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Salesforce counts only requests that take 20 s or longer: five of them at once in a Developer edition. */
final class LongRequests implements Limits {
    private static final int DEVELOPER = 5;
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Clock clock;
    private final Set<Call> inProgress = ConcurrentHashMap.newKeySet();

    LongRequests(Clock clock) {
        this.clock = clock;
    }

    @Override
    public @Nullable Refused refuses(Call call, int all) {
        Instant before = clock.instant().minus(LONG);
        long longOnes =
                inProgress.stream().filter(one -> one.at().isBefore(before)).count();
        if (longOnes >= DEVELOPER) {
            return new Refused("ConcurrentRequests", null);
        }
        inProgress.add(call);
        return null;
    }

    void ended(Call call) {
        inProgress.remove(call);
    }
}
