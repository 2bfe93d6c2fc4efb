package dev.usher.benchmark;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting in programs that measure; tests wait with Awaitility. */
final class Waits {

    private Waits() {}

    static void sleep(Duration time) {
        try {
            Thread.sleep(Math.max(0, time.toMillis()));
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** @return whether it became true in time; asked at most four times a second */
    static boolean until(Duration patience, BooleanSupplier condition) {
        return until(patience, Duration.ofMillis(250), condition);
    }

    /** As above, for a condition that is dear to ask: so much time passes between two questions. */
    static boolean until(Duration patience, Duration pause, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            sleep(pause);
        }
        return true;
    }
}
