package dev.usher.sandbox.server;

import org.jspecify.annotations.Nullable;

/** Decides whether a call is over a limit. Called for every request, by many threads. */
@FunctionalInterface
public interface Limits {
    Limits NONE = (call, inProgress) -> null;

    /**
     * Counts the call, or refuses it uncounted.
     *
     * @param inProgress calls being served, this one included
     * @return null when admitted, else the reason in the vendor's word
     */
    @Nullable
    Refused refuses(Call call, int inProgress);

    /**
     * Why a call is refused.
     *
     * @param reason in the vendor's word
     * @param retryAfter seconds until it may be admitted; null: the vendor does not say
     */
    record Refused(String reason, @Nullable Integer retryAfter) {}
}
