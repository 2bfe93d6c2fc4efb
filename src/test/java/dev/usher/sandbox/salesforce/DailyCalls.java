package dev.usher.sandbox.salesforce;

/** How many calls of the REST API the org has used of those it may use within 24 hours. */
final class DailyCalls {
    /** Of a Developer edition. */
    private static final int DEVELOPER = 15_000;

    private int allowed = DEVELOPER;
    private int used;

    /** Counts a call. False, uncounted, when none is left. */
    synchronized boolean take() {
        if (used >= allowed) {
            return false;
        }
        used++;
        return true;
    }

    synchronized void allow(int calls) {
        allowed = calls;
    }

    synchronized void use(int calls) {
        used = calls;
    }

    synchronized void reset() {
        allowed = DEVELOPER;
        used = 0;
    }

    synchronized int allowed() {
        return allowed;
    }

    synchronized int remaining() {
        return Math.max(0, allowed - used);
    }

    /** The value of {@code Sforce-Limit-Info}. */
    synchronized String info() {
        return "api-usage=" + used + "/" + allowed;
    }
}
