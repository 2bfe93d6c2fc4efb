package dev.usher.console;

import dev.usher.flow.Words;
import java.time.Instant;

/** Times as people read them; every page has it as {@code moments}. */
final class Moments {

    /** {@code 2026-03-02 10:15:22 UTC}. */
    public String text(Instant at) {
        return Words.time(at);
    }
}
