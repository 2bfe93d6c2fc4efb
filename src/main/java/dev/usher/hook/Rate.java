package dev.usher.hook;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often one address may call: so many times a second, and twice as many at once. Remembers the 10,000 addresses that
 * called last.
 */
final class Rate {

    private static final int REMEMBERED = 10_000;
    private static final double MILLIS = 1000;

    private final double perSecond;
    private final double most;
    private final Clock clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Bucket(double left, long at) {}

    Rate(int perSecond, Clock clock) {
        this.perSecond = perSecond;
        this.most = 2.0 * perSecond;
        this.clock = clock;
    }

    /** Takes one call of the address's allowance; false when there is none left. */
    synchronized boolean allows(String address) {
        long now = clock.millis();
        var before = buckets.getOrDefault(address, new Bucket(most, now));
        double left = Math.min(most, before.left() + (now - before.at()) * perSecond / MILLIS);
        boolean allowed = left >= 1;
        buckets.put(address, new Bucket(allowed ? left - 1 : left, now));
        return allowed;
    }
}
