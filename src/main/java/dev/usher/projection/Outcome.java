package dev.usher.projection;

import java.util.Locale;

/** How one delivery ended. The words are those of the delivery log, the scenarios and the console. */
public enum Outcome {
    /** The destination holds a new record. */
    CREATED,
    /** The destination's record was changed. */
    UPDATED,
    /** The destination already held this content; nothing was sent. */
    UNCHANGED,
    /** An older version than the destination holds; nothing was sent. */
    STALE,
    /** A newer version of this user is already on its way; nothing was sent. */
    SUPERSEDED,
    /** A rule, or the destination itself, said no. */
    SKIPPED,
    /** It failed and will be tried again. */
    RETRYING,
    /** It was given up and waits as a dead letter. */
    PARKED,
    /** The person was erased. */
    ERASED;

    /** The word as it is stored and shown. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The outcome of a stored word. */
    public static Outcome of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
