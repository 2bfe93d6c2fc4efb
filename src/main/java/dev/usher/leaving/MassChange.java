package dev.usher.leaving;

import org.jspecify.annotations.Nullable;

/**
 * One time that more users left than the guard lets pass. Times are epoch milliseconds.
 *
 * @param number counts up from 1; 0 is the beginning, when there was none yet
 * @param users how many there were at the beginning of the window, deleted ones not counted
 * @param departures how many had left within the window when it began, with the first that was held
 * @param decidedAt 0 while nobody has decided
 * @param told whether the administrator has been told that it began
 */
record MassChange(
        long number,
        State state,
        long since,
        long users,
        long departures,
        long decidedAt,
        @Nullable String decidedBy,
        boolean told) {

    enum State {
        HOLDING,
        RELEASED,
        DISCARDED
    }

    boolean isHolding() {
        return state == State.HOLDING;
    }

    /** What an event that was held in this mass change is to do now. */
    Judgement judgement() {
        return switch (state) {
            case HOLDING -> new Judgement(Judgement.Kind.HOLD, number);
            case RELEASED -> Judgement.PASS;
            case DISCARDED -> new Judgement(Judgement.Kind.DISCARD, number);
        };
    }
}
