package dev.usher.deadletter;

/**
 * What a decision came to.
 *
 * @param action {@code replay} or {@code dismiss}
 * @param letters how many were open and are decided now; 0 when all of them had been before
 * @param left how many stay open because their destination is no longer there, so that they can only be dismissed
 */
public record Decided(String action, long letters, long left) {}
