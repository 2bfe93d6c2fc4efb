package dev.usher.delivery;

import java.time.Duration;

/** Not now: the message goes back to the broker and comes again later. It does not count as a try. */
public final class HeldBack extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration delay;

    /**
     * @param reason why, without personal data
     * @param delay how long to wait, at least
     */
    public HeldBack(String reason, Duration delay) {
        super(reason, null, false, false);
        this.delay = delay;
    }

    public Duration delay() {
        return delay;
    }
}
