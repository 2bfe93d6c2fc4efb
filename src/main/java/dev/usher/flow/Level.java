package dev.usher.flow;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How things stand; the later, the worse. */
public enum Level {
    /** People arrive. */
    GOOD,
    /** Something waits, and mends itself. */
    WARN,
    /** Somebody does not arrive, or will not without a person. */
    BAD;

    /** The word in JSON, and the class of the style sheet. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
