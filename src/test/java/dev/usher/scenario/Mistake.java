package dev.usher.scenario;

/** A scenario file is not as docs/scenarios.md says. The message names the file, the line, the key and what was expected. */
final class Mistake extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    Mistake(String where, String what) {
        super(where + ": " + what);
    }
}
