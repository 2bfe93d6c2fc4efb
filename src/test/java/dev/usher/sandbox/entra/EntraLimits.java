package dev.usher.sandbox.entra;

import dev.usher.sandbox.server.Call;
import dev.usher.sandbox.server.Limits;
import dev.usher.sandbox.server.SlidingWindow;
import dev.usher.sandbox.server.TokenBucket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Graph's limits per app and tenant: five audit queries in ten seconds, answered beyond that with and without {@code Retry-After} in turn;
 * 8,000 resource units in ten seconds and 3,000 writes in 150 seconds for users, groups and applications together. A batch is not counted, the requests in it are. The token
 * endpoint has no limit.
 */
final class EntraLimits implements Limits {
    private static final List<String> COUNTED = List.of("/v1.0/users", "/v1.0/groups", "/v1.0/servicePrincipals");
    private static final double UNITS = 8000;
    private static final double UNITS_PER_SECOND = 800;
    private static final double WRITES = 3000;
    private static final double WRITES_PER_SECOND = 20;

    private final SlidingWindow audits = new SlidingWindow(5, Duration.ofSeconds(10));
    private final TokenBucket units = new TokenBucket(UNITS, UNITS_PER_SECOND);
    private final TokenBucket writes = new TokenBucket(WRITES, WRITES_PER_SECOND);
    private final AtomicBoolean silent = new AtomicBoolean();

    @Override
    public @Nullable Refused refuses(Call call, int inProgress) {
        String path = call.path();
        if (path.startsWith("/v1.0/auditLogs/")) {
            return audits.admit() ? null : refusedAudit();
        }
        if (COUNTED.stream().noneMatch(path::startsWith)) {
            return null;
        }
        double cost = cost(call);
        if (!units.spend(cost)) {
            return new Refused("ResourceUnitLimitExceeded", units.secondsUntil(cost));
        }
        if (!call.method().equals("GET") && !writes.spend(1)) {
            return new Refused("WriteLimitExceeded", writes.secondsUntil(1));
        }
        return null;
    }

    private Refused refusedAudit() {
        boolean said = silent.getAndSet(!silent.get());
        return new Refused("TooManyRequests", said ? null : Integer.valueOf(audits.secondsToWait()));
    }

    /** Resource units: a read costs 2 (of group members 3), less one for $select and one for a small $top, and never less than 1; a write costs 1. */
    static double cost(Call call) {
        if (!call.method().equals("GET")) {
            return 1;
        }
        double cost = call.path().endsWith("/members") ? 3 : 2;
        if (call.rawQuery().isEmpty()) {
            return cost;
        }
        cost -= call.query().containsKey("$select") ? 1 : 0;
        cost -= call.query().getOrDefault("$top", "100").matches("1?\\d") ? 1 : 0;
        return Math.max(1, cost);
    }
}
