package dev.usher.sandbox.server;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A misbehaviour, as {@code PUT /systems/{system}/faults} orders it.
 *
 * @param status answered instead of doing the work; null: the work is done
 * @param retryAfter seconds, sent as {@code Retry-After}; null: no such header. Without a status it means 503
 * @param latency how long the answer waits; the work is done before the wait
 * @param cut the connection is closed instead of answering; null: it is not
 * @param stored the status is answered behind the idempotency layer, which keeps it under the call's key where the vendor has
 *     one: with the work not done, or done; null: in front of it, with the work not done
 * @param headers more headers of the answer to a status
 * @param malformed whether the body of the answer is broken
 * @param share of the matching calls, above 0 up to 1, spread evenly: 0.2 is every fifth
 * @param count how many calls misbehave before the fault ends by itself; null: until healed
 * @param path found anywhere in path and query; null: every call
 */
public record Fault(
        @Nullable Integer status,
        @Nullable Integer retryAfter,
        Duration latency,
        @Nullable Cut cut,
        @Nullable Cut stored,
        Map<String, String> headers,
        boolean malformed,
        double share,
        @Nullable Integer count,
        @Nullable Pattern path) {

    /** When the connection is closed, or a stored status is answered: before the work is done, or after it. */
    public enum Cut {
        BEFORE,
        AFTER
    }

    /** One whose status, if it has one, is answered in front of the idempotency layer. */
    public Fault(
            @Nullable Integer status,
            @Nullable Integer retryAfter,
            Duration latency,
            @Nullable Cut cut,
            boolean malformed,
            double share,
            @Nullable Integer count,
            @Nullable Pattern path) {
        this(status, retryAfter, latency, cut, null, Map.of(), malformed, share, count, path);
    }

    /** Answers this status, without doing the work, until healed. */
    public static Fault answering(int status) {
        return new Fault(status, null, Duration.ZERO, null, false, 1.0, null, null);
    }

    /** Whether it is an answer instead of the work, and not something about the connection. */
    boolean answers() {
        return status != null || retryAfter != null;
    }

    boolean matches(String target) {
        return path == null || path.matcher(target).find();
    }
}
