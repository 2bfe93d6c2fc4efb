package dev.usher.entra;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time of which every record that was there has been read, by polls without an interruption. A record of that time
 * that is seen only now came late; one from before it may merely have waited for Usher.
 */
final class Covered {

    private @Nullable Instant from;
    private @Nullable Instant until;

    /** The log was read to its end by a poll that began at this time. */
    synchronized void until(Instant began) {
        from = from == null ? began : from;
        until = began;
    }

    /** A poll failed: what comes next may have waited. */
    synchronized void interrupted() {
        from = null;
        until = null;
    }

    synchronized boolean contains(Instant time) {
        return from != null && until != null && !time.isBefore(from) && time.isBefore(until);
    }
}
