package dev.usher.delivery;

/** This cannot heal by itself: the delivery is parked at once. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param reason why, without personal data */
    public Refused(String reason) {
        super(reason, null, false, false);
    }
}
