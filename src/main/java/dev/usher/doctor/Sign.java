package dev.usher.doctor;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was tried.
 *
 * @param system what was asked, such as {@code stripe}
 * @param what what was found
 * @param mend what to do; null when nothing is
 */
public record Sign(
        String system, State state, String what, @Nullable String mend) implements Comparable<Sign> {

    private static final Comparator<Sign> BY_SYSTEM = Comparator.comparing(Sign::system);

    /** How it stands, best first. */
    public enum State {
        /** As it should be. */
        GOOD,
        /** Not tried, or nothing that must be mended. */
        NOTE,
        /** The system did not answer, so that nothing is known of it. */
        UNREACHABLE,
        /** To be mended. */
        BAD;

        /** As it is printed. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Sign good(String system, String what) {
        return new Sign(system, State.GOOD, what, null);
    }

    static Sign note(String system, String what, @Nullable String mend) {
        return new Sign(system, State.NOTE, what, mend);
    }

    static Sign bad(String system, String what, String mend) {
        return new Sign(system, State.BAD, what, mend);
    }

    static Sign unreachable(String system, String what, String mend) {
        return new Sign(system, State.UNREACHABLE, what, mend);
    }

    @Override
    public int compareTo(Sign other) {
        return BY_SYSTEM.compare(this, other);
    }

    /** One line: {@code bad          stripe: what was found; what to do}. */
    @Override
    public String toString() {
        return "%-11s %s: %s%s".formatted(state.word(), system, what, mend == null ? "" : "; " + mend);
    }
}
