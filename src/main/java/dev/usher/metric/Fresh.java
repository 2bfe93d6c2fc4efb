package dev.usher.metric;

import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Figures that many gauges are read from: asked for once in a while, however many ask. When that fails there are none, for
 * a longer while, so that a broker or database that is away does not hold up whoever reads metrics each time.
 */
final class Fresh<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Fresh.class);
    private static final long MILLIS = 3_000;
    private static final long MILLIS_WHEN_MISSING = 30_000;

    private final Supplier<T> source;
    private final Clock clock;
    private @Nullable T value;
    private long askedAt;

    Fresh(Supplier<T> source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /** Null when they cannot be told now. */
    synchronized @Nullable T get() {
        long now = clock.millis();
        if (askedAt == 0 || now < askedAt || now - askedAt >= (value == null ? MILLIS_WHEN_MISSING : MILLIS)) {
            try {
                value = source.get();
            } catch (RuntimeException e) {
                value = null;
                LOG.debug("Figures are missing", e);
            }
            askedAt = clock.millis();
        }
        return value;
    }
}
