package dev.usher.flow;

import java.util.Arrays;
import java.util.List;

/** What happened at one station in the last hour, by the minute: the oldest first, the last one unfinished. */
record Counts(List<Integer> settled, List<Integer> failed) {

    static final int MINUTES = 60;
    private static final int RATE_OVER = 5;

    /** Nothing happened. */
    static Counts none() {
        var zeros = Arrays.asList(new Integer[MINUTES]);
        zeros.replaceAll(zero -> 0);
        return new Counts(List.copyOf(zeros), List.copyOf(zeros));
    }

    double perMinute() {
        return sum(settled.subList(MINUTES - RATE_OVER, MINUTES)) / (double) RATE_OVER;
    }

    long lastHour() {
        return sum(settled);
    }

    long triedAgain() {
        return sum(failed);
    }

    private static long sum(List<Integer> numbers) {
        return numbers.stream().mapToLong(Integer::longValue).sum();
    }
}
