package dev.usher.destination;

/**
 * One thing wrong with the configuration.
 *
 * @param where file or key
 * @param what what was found there
 * @param mend what to do about it
 */
public record Problem(String where, String what, String mend) {

    @Override
    public String toString() {
        return where + ": " + what + "; " + mend;
    }
}
