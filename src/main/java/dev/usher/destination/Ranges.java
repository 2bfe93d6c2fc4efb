package dev.usher.destination;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Gathers what of a group of settings is out of its range. */
final class Ranges {

    private final String prefix;
    private final List<Problem> problems = new ArrayList<>();

    /** @param prefix of the keys, without the dot at its end */
    Ranges(String prefix) {
        this.prefix = prefix;
    }

    Ranges atLeast(String key, int value, int least) {
        return within(key, value, least, Integer.MAX_VALUE);
    }

    Ranges within(String key, int value, int least, int most) {
        var range = most == Integer.MAX_VALUE ? least + " or more" : least + " to " + most;
        return holds(value >= least && value <= most, key, String.valueOf(value), "set " + range);
    }

    Ranges atLeast(String key, Duration value, Duration least) {
        return holds(value.compareTo(least) >= 0, key, shown(value), "set " + shown(least) + " or longer");
    }

    /** Longer than nothing. */
    Ranges positive(String key, Duration value) {
        return holds(value.compareTo(Duration.ZERO) > 0, key, shown(value), "set a time longer than 0s");
    }

    Ranges holds(boolean right, String key, String value, String mend) {
        if (!right) {
            problems.add(new Problem(prefix + "." + key, "is " + value, mend));
        }
        return this;
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** As settings are written: in the largest unit that leaves a whole number. */
    private static String shown(Duration value) {
        if (value.toMillisPart() != 0) {
            return value.toMillis() + "ms";
        }
        return value.toSecondsPart() != 0 || value.isZero() ? value.toSeconds() + "s" : value.toMinutes() + "m";
    }
}
