package dev.usher.leaving;

/**
 * What becomes of one event by which a user leaves.
 *
 * @param number of the mass change it belongs to; 0 for who passes
 */
public record Judgement(Kind kind, long number) {

    static final Judgement PASS = new Judgement(Kind.PASS, 0);

    /** What to do with the event. */
    public enum Kind {
        /** Route it. */
        PASS,
        /** Keep it until an operator decides. */
        HOLD,
        /** Drop it: an operator discarded the mass change that it belongs to. */
        DISCARD
    }
}
