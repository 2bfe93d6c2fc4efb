package dev.usher.sandbox.server;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Ids that need not be unguessable, without the lock of {@link UUID#randomUUID}. */
public final class RandomIds {
    private RandomIds() {}

    /** A version 4 UUID. */
    public static String uuid() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = random.nextLong() & ~0xF000L | 0x4000L;
        long low = random.nextLong() >>> 2 | Long.MIN_VALUE;
        return new UUID(high, low).toString();
    }
}
