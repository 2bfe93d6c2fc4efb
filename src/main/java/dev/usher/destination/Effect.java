package dev.usher.destination;

import java.util.Locale;

/** What becomes of a destination's record when its user is disabled or deleted. */
public enum Effect {
    /** Nothing is written; the record stays as it was. */
    KEEP,
    /** The record stays and says so. */
    MARK,
    /** The record is put out of use, and can be brought back. */
    ARCHIVE,
    /** The record is removed; a user who comes back gets a new one. */
    DELETE;

    /** The word as it stands in the configuration, in the variables {@code leaving} and {@code operation}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the record is no longer in use afterwards: what was never there need not be called for. */
    public boolean removes() {
        return this == ARCHIVE || this == DELETE;
    }
}
