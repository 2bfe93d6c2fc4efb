package dev.usher.deadletter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The open dead letters of one destination and one reason.
 *
 * @param first when the oldest was given up
 * @param last when the newest was
 * @param words what the vendor said of the newest, without names, addresses and values; null when that was nothing
 */
public record Group(
        String destination,
        String reason,
        long letters,
        Instant first,
        Instant last,
        @Nullable String words) {}
