package dev.usher.runtime;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The longest that a stop may take. Deliveries under way are given time to end, but a vendor or a database that does not
 * answer could hold a consumer for longer than a supervisor waits before it kills. What is cut off has not committed: it
 * comes again at the next start, as after a crash.
 */
public final class StopDeadline {

    private static final Logger LOG = LoggerFactory.getLogger(StopDeadline.class);

    /** Supervisors wait for half a minute: Kubernetes by default, systemd and Docker as set up in {@code deploy/}. */
    private static final Duration LONGEST = Duration.ofSeconds(27);

    /** What a shell shows for a process that was asked to end (128 and the number of SIGTERM). */
    private static final int ASKED_TO_END = 143;

    private StopDeadline() {}

    /** From now on this process ends at the latest 27 s after it was asked to. Called once, by {@code main} only. */
    public static void arm() {
        Runtime.getRuntime().addShutdownHook(new Thread(StopDeadline::begin, "stop"));
    }

    private static void begin() {
        var deadline = new Thread(StopDeadline::end, "stop-deadline");
        deadline.setDaemon(true);
        deadline.start();
    }

    private static void end() {
        try {
            Thread.sleep(LONGEST.toMillis());
        } catch (InterruptedException e) {
            return;
        }
        LOG.warn(
                "Not everything under way ended within {} s of the stop; it is cut off, and done again after the next start",
                LONGEST.toSeconds());
        Runtime.getRuntime().halt(ASKED_TO_END);
    }
}
