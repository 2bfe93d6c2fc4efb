package dev.usher.check;

import java.util.Comparator;

/**
 * One thing to mend.
 *
 * @param file path from the project's root, with forward slashes
 * @param line from 1; 0 when the finding is about the file or folder as a whole
 * @param message what was found
 * @param mend what to do about it
 */
public record Finding(String file, int line, String message, String mend) implements Comparable<Finding> {

    private static final Comparator<Finding> ORDER =
            Comparator.comparing(Finding::file).thenComparing(Finding::line).thenComparing(Finding::message);

    /** {@code file:line}, or the file alone. */
    public String place() {
        return line == 0 ? file : file + ":" + line;
    }

    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return place() + ": " + message + "; " + mend;
    }
}
