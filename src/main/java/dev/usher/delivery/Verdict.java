package dev.usher.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a failure means.
 *
 * @param reason in words, without personal data
 * @param after how long the vendor asked to wait; null when it did not say
 * @param words the vendor's own, as far as {@link VendorWords} keeps them; null when it said none
 */
record Verdict(
        Kind kind,
        String reason,
        @Nullable Duration after,
        @Nullable String words) {

    Verdict(Kind kind, String reason, @Nullable Duration after) {
        this(kind, reason, after, null);
    }

    enum Kind {
        /** The vendor wants to be left alone: pause the destination; the try does not count. */
        THROTTLED,
        /** May heal: repeat, and pause the destination when it goes on. */
        FAILING,
        /** Not now; nothing is wrong with the vendor. */
        HELD,
        /** Whether it happened is unknown, and the same idempotency key will never tell: confirm a create, repeat another call under a new key. */
        UNKNOWN,
        /** Repeat at once with another variant of the content, such as the next user name. */
        AGAIN,
        /** What we remembered no longer exists there: forget it and start over. */
        GONE,
        /** It is so already: recorded as if the call had done it. */
        DONE,
        /** The answer is an outcome, not an error: nothing more to do. */
        SKIPPED,
        /** The destination holds a newer version: nothing more to do. */
        STALE,
        /** Cannot heal: park. */
        REFUSED
    }
}
