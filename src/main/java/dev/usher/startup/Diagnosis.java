package dev.usher.startup;

import dev.usher.destination.ConfigurationProblems;
import dev.usher.destination.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

/** What a start that failed means, in the words in which the start itself tells it. */
public final class Diagnosis {

    /** A line of an analysis that names a place: {@code - routes/a.camel.yaml:2: what was found}. */
    private static final Pattern PLACED = Pattern.compile("(?m)^- (\\S+): (.+)$");

    private Diagnosis() {}

    /** One problem or more; never none. */
    public static List<Problem> of(Throwable failure, Environment environment) {
        List<Throwable> causes = causes(failure);
        for (var cause : causes) {
            if (cause instanceof ConfigurationProblems found) {
                return found.problems();
            }
            if (OwnAnalysis.isOne(cause)) {
                return ofMessage(String.valueOf(cause.getMessage()));
            }
        }
        for (var cause : causes) {
            if (cause instanceof BindException wrong) {
                return List.of(ofValue(wrong));
            }
        }
        return analyzers(environment).stream()
                .map(analyzer -> analyzer.analyze(failure))
                .filter(Objects::nonNull)
                .findFirst()
                .map(Diagnosis::problems)
                .orElseGet(() -> List.of(new Problem(
                        "the start",
                        "failed: " + firstLine(failure),
                        "start Usher and read its log, which tells the whole failure")));
    }

    private static List<Throwable> causes(Throwable failure) {
        var causes = new ArrayList<Throwable>();
        for (var cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    /** Each line of a message of ours begins with the key it is about. */
    private static List<Problem> ofMessage(String message) {
        return message.lines()
                .filter(line -> line.startsWith("- ") || !line.endsWith(":"))
                .map(line -> line.replaceFirst("^- ", ""))
                .map(line -> new Problem(
                        line.replaceFirst("\\s.*", ""),
                        line.replaceFirst("^\\S+\\s*", ""),
                        "correct it in config/, or the environment variable it names there"))
                .toList();
    }

    private static List<FailureAnalyzer> analyzers(Environment environment) {
        return SpringFactoriesLoader.forDefaultResourceLocation(Diagnosis.class.getClassLoader())
                .load(
                        FailureAnalyzer.class,
                        ArgumentResolver.of(Environment.class, environment),
                        FailureHandler.handleMessage((message, failure) -> {
                            // an analyzer that needs more than the environment is not asked
                        }));
    }

    private static List<Problem> problems(FailureAnalysis analysis) {
        var mend = String.valueOf(analysis.getAction()).strip();
        var placed = PLACED.matcher(analysis.getDescription())
                .results()
                .map(match -> new Problem(match.group(1), match.group(2), mend))
                .toList();
        return placed.isEmpty() ? List.of(new Problem("the start", oneLine(analysis.getDescription()), mend)) : placed;
    }

    private static Problem ofValue(BindException wrong) {
        var property = wrong.getProperty();
        var name = property == null
                ? wrong.getName().toString()
                : property.getName().toString();
        return new Problem(
                name,
                property == null ? "cannot be read" : "cannot be \"" + property.getValue() + "\"",
                "set "
                        + article(wrong.getTarget()
                                .getType()
                                .resolve(Object.class)
                                .getSimpleName()) + "; docs/configuration.md says what it means");
    }

    private static String article(String type) {
        return "a value of the kind " + type;
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\n\\s*", " ");
    }

    private static String firstLine(Throwable failure) {
        var root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + " "
                + String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    }
}
