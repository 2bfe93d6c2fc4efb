package dev.usher.sandbox.server;

import org.jspecify.annotations.Nullable;

/**
 * A limit ordered through {@code PUT /systems/{system}/limits}, in place of the vendor's.
 *
 * @param perSecond calls within any second, at least 1; null: any number
 * @param concurrent calls in progress, delayed ones included, at least 1; null: any number
 */
public record Limit(@Nullable Integer perSecond, @Nullable Integer concurrent) {}
