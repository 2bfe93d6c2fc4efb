package dev.usher.entra;

import java.time.Duration;

/** Waits for a permit. */
@FunctionalInterface
public interface Pause {

    /** Waits this long; false, at once, when Usher stops. */
    boolean last(Duration duration);
}
