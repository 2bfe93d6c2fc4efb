package dev.usher.startup;

import dev.usher.setting.Places;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** A setting that one of Usher's classes refused. Its message says which, what was found, and what to set. */
final class OwnAnalysis extends Analysis {

    private static final String OURS = "dev.usher.";

    private final Places places;

    OwnAnalysis(Environment environment) {
        this.places = new Places(Path.of(""), environment);
    }

    @Override
    @Nullable
    Finding ofCause(Throwable cause) {
        return !isOne(cause)
                ? null
                : new Finding(
                        "A setting is wrong:\n\n" + placed(String.valueOf(cause.getMessage())),
                        "Correct it in config/, or the environment variable it names there.");
    }

    /** Each line is about a setting of its own. */
    private String placed(String message) {
        return message.lines()
                .map(line -> line.startsWith("- ")
                        ? "- " + ConfigurationAnalysis.placed(places, line.substring(2))
                        : ConfigurationAnalysis.placed(places, line))
                .collect(Collectors.joining("\n"));
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
