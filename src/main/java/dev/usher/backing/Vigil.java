package dev.usher.backing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at one backing and tells when it is lost, from time to time that it still is, and when it is back. */
final class Vigil {

    private static final Logger LOG = LoggerFactory.getLogger(Vigil.class);
    private static final long AGAIN = Duration.ofMinutes(1).toNanos();

    private final Backing backing;
    private final String meanwhile;
    private final boolean tellsRefusals;
    private boolean lost;
    private long since;
    private long told;

    private Vigil(Backing backing, String meanwhile, boolean tellsRefusals) {
        this.backing = backing;
        this.meanwhile = meanwhile;
        this.tellsRefusals = tellsRefusals;
    }

    /** One whose refusal ends the start, and is told as its reason. */
    static Vigil atStart(Backing backing) {
        return new Vigil(backing, "Usher waits, and starts when it comes.", false);
    }

    static Vigil whileRunning(Backing backing) {
        return new Vigil(backing, "Everything waits, nothing is lost, and goes on when it answers again.", true);
    }

    /**
     * Looks once, and tells what has changed.
     *
     * @param now nanoseconds of any clock that only goes forward
     * @return why it does not serve; null when it does
     */
    @Nullable
    Trouble look(long now) {
        var trouble = backing.trouble();
        if (trouble == null) {
            found(now);
        } else if ((trouble.passes() || tellsRefusals) && (!lost || now - told >= AGAIN)) {
            missing(trouble, now);
        }
        return trouble;
    }

    private void found(long now) {
        if (lost) {
            LOG.info("{}: {} answers again, after {} s", backing.place(), backing.name(), seconds(now));
            lost = false;
        }
    }

    private void missing(Trouble trouble, long now) {
        if (!lost) {
            lost = true;
            since = now;
        }
        told = now;
        LOG.warn(
                "{}: {} does not serve{}: {}. {} {}",
                backing.place(),
                backing.name(),
                since == now ? "" : ", for " + seconds(now) + " s now",
                trouble.words(),
                meanwhile,
                backing.mend());
    }

    /** How long it has been missing, in seconds. */
    private long seconds(long now) {
        return Duration.ofNanos(now - since).toSeconds();
    }
}
