package dev.usher.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Many people who sign up beforehand, and whose audit records become visible together.
 *
 * @param emails address by object id
 * @param visible when the first of the records becomes visible; the last one follows within some 50 ms
 */
record Burst(Map<String, String> emails, Instant visible) {

    private static final int CHUNK = 500;
    /** Records appear just before a multiple of five seconds, at which all programs poll. */
    private static final Duration BEFORE_THE_POLL = Duration.ofMillis(100);

    private static final long POLLS = 5;
    private static final Duration PREPARATION = Duration.ofSeconds(3);

    /** Signs up so many people with consent; returns at once when all of them exist. */
    static Burst of(Control control, int size, String prefix) {
        long earliest = Instant.now().plus(PREPARATION).getEpochSecond() + 1;
        var visible =
                Instant.ofEpochSecond((earliest + POLLS - 1) / POLLS * POLLS).minus(BEFORE_THE_POLL);
        var crowd = new Crowd(control, prefix);
        for (int left = size; left > 0; left -= CHUNK) {
            crowd.signUp(Math.min(left, CHUNK), Duration.between(Instant.now(), visible));
        }
        if (Instant.now().isAfter(visible)) {
            throw new IllegalStateException("the sandbox took more than " + PREPARATION + " to sign up " + size);
        }
        return new Burst(crowd.emails(), visible);
    }

    int size() {
        return emails.size();
    }
}
