package dev.usher.delivery;

/** A rule that needs to know what the destination holds says no: an outcome, not an error. Thrown by routes. */
public final class Skipped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param rule the rule that says no, without personal data */
    public Skipped(String rule) {
        super(rule, null, false, false);
    }
}
