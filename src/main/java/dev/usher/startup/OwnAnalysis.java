package dev.usher.startup;

import org.jspecify.annotations.Nullable;

/** A setting that one of Usher's classes refused. Its message says which, what was found, and what to set. */
final class OwnAnalysis extends Analysis {

    private static final String OURS = "dev.usher.";

    @Override
    @Nullable
    Finding ofCause(Throwable cause) {
        return !isOne(cause)
                ? null
                : new Finding(
                        "A setting is wrong:\n\n" + cause.getMessage(),
                        "Correct it in config/, or the environment variable it names there.");
    }

    /** Whether one of Usher's classes threw it because of a setting. */
    static boolean isOne(Throwable cause) {
        boolean refused = cause instanceof IllegalArgumentException || cause instanceof IllegalStateException;
        return refused && cause.getMessage() != null && isOurs(cause);
    }

    private static boolean isOurs(Throwable cause) {
        var trace = cause.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().startsWith(OURS);
    }
}
