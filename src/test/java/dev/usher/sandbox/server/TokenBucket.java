package dev.usher.sandbox.server;

/** A budget that is spent by calls of different cost and fills up steadily. */
public final class TokenBucket {
    private final double capacity;
    private final double perNano;
    private double tokens;
    private long filledAt = System.nanoTime();

    /** @param perSecond tokens that come back each second, up to the capacity it starts with */
    public TokenBucket(double capacity, double perSecond) {
        this.capacity = capacity;
        this.perNano = perSecond / 1e9;
        this.tokens = capacity;
    }

    public synchronized boolean spend(double cost) {
        long now = System.nanoTime();
        tokens = Math.min(capacity, tokens + (now - filledAt) * perNano);
        filledAt = now;
        if (tokens < cost) {
            return false;
        }
        tokens -= cost;
        return true;
    }

    /** Share of the budget that is spent, 0 to 1, as of the last call. */
    public synchronized double used() {
        return 1 - tokens / capacity;
    }

    /** Whole seconds, at least 1, until the cost can be spent. */
    public synchronized int secondsUntil(double cost) {
        return (int) Math.max(1, Math.ceil((cost - tokens) / perNano / 1e9));
    }
}
