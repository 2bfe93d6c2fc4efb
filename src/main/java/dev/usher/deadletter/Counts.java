package dev.usher.deadletter;

import java.util.Map;

/**
 * How many there are.
 *
 * @param open those that wait for a decision, by destination; a destination without one is left out
 * @param moving those that are decided, and whose messages are still on their way
 */
public record Counts(Map<String, Long> open, long moving) {

    /** All that wait for a decision. */
    public long allOpen() {
        return open.values().stream().mapToLong(Long::longValue).sum();
    }
}
