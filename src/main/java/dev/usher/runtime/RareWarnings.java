package dev.usher.runtime;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells of failures of Usher's own work, which come in hundreds while a database or a broker is gone: one line a minute
 * for each kind, without the words of the failure, which may hold personal data. Its stack trace is there at level debug.
 */
@Component
public final class RareWarnings {

    private static final Logger LOG = LoggerFactory.getLogger(RareWarnings.class);
    private static final long AGAIN = Duration.ofMinutes(1).toNanos();

    /** When a kind was told last, and how often it came since then. */
    private record Told(long at, int since) {}

    private final Map<String, Told> kinds = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    RareWarnings() {
        this(System::nanoTime);
    }

    RareWarnings(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** @param what happened, as the beginning of a sentence; one of few, because each is remembered */
    public void tell(String what, Throwable failure) {
        kinds.compute(what + ": " + kind(failure), (kind, told) -> {
            long now = nanos.getAsLong();
            if (told != null && now - told.at() < AGAIN) {
                return new Told(told.at(), told.since() + 1);
            }
            LOG.warn(
                    "{}{}",
                    kind,
                    told == null || told.since() == 0 ? "" : "; " + told.since() + " more since the last line");
            LOG.debug("the failure", failure);
            return new Told(now, 0);
        });
    }

    private static String kind(Throwable failure) {
        var root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        var name = root.getClass().getSimpleName();
        return root instanceof SQLException sql ? name + " (SQL state " + sql.getSQLState() + ")" : name;
    }
}
