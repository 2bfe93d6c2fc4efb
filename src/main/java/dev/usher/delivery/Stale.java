package dev.usher.delivery;

/** The destination holds a newer version than this delivery brings, and was left alone. Thrown by routes. */
public final class Stale extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param reason what was found there, without personal data */
    public Stale(String reason) {
        super(reason, null, false, false);
    }
}
