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
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            sleep(Duration.ofMillis(250));
        }
        return true;
    }
}
