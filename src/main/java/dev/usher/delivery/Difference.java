package dev.usher.delivery;

import org.jspecify.annotations.Nullable;

/**
 * One field that a delivery would write.
 *
 * @param field where it stands in what the mapping gives, such as {@code metadata.directory_state}
 * @param holds what the destination holds there now; null for nothing, and where it was not looked at
 * @param wanted what would be written; null for nothing
 */
public record Difference(
        String field, @Nullable String holds, @Nullable String wanted) {}
