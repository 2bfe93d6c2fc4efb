package dev.usher.startup;

import dev.usher.destination.ConfigurationProblems;
import dev.usher.setting.Places;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** The problems that Usher's own checks found: each says what, where and what to do. */
final class ConfigurationAnalysis extends Analysis {

    private static final Pattern PLACE = Pattern.compile("\\S+\\.\\w+:\\d+: ");

    private final Places places;

    ConfigurationAnalysis(Environment environment) {
        this.places = new Places(Path.of(""), environment);
    }

    @Override
    @Nullable
    Finding ofCause(Throwable cause) {
        return cause instanceof ConfigurationProblems found
                ? new Finding(
                        "The configuration is wrong:\n\n"
                                + found.problems().stream()
                                        .map(problem -> "- " + placed(places, problem.toString()))
                                        .collect(Collectors.joining("\n")),
                        "Mend what is listed, each as it says, and start again.")
                : null;
    }

    /** The words about a setting with the file and line in front where it stands; unless they begin with a place already. */
    static String placed(Places places, String words) {
        return PLACE.matcher(words).lookingAt()
                ? words
                : places.ofFirstIn(words).map(place -> place + ": " + words).orElse(words);
    }

    @Override
    public int getOrder() {
        return super.getOrder() - 10;
    }
}
