package dev.usher.startup;

import org.jspecify.annotations.Nullable;

/** A setting that one of Usher's classes refused. Its message says which, what was found, and what to set. */
final class OwnAnalysis extends Analysis {

    private static final String OURS = "dev.usher.";

    @Override
    @Nullable
    Finding ofCause(Throwable cause) {
        boolean refused = cause instanceof IllegalArgumentException || cause instanceof IllegalStateException;
        var message = cause.getMessage();
        if (!refused || message == null || !isOurs(cause)) {
            return null;
        }
        return new Finding(
                "A setting is wrong:\n\n" + message,
                "Correct it in config/, or the environment variable it names there.");
    }

    private static boolean isOurs(Throwable cause) {
        var trace = cause.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().startsWith(OURS);
    }
}
