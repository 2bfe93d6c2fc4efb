package dev.usher.check;

import dev.usher.destination.Destinations;
import dev.usher.destination.Problem;
import dev.usher.startup.Diagnosis;
import dev.usher.startup.Preflight;
import dev.usher.token.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;

/** The configuration as the start reads it: nothing unknown, nothing missing, every value of its kind. */
final class SettingCheck {

    /** Keys that differ more than this are not meant for one another. */
    private static final int FARTHEST = 3;

    private static final Pattern UNSET = Pattern.compile("(usher\\.\\S+) is not set");

    private final Project project;
    private final ConfigurableEnvironment environment;
    private final Places places;

    SettingCheck(Path root, Project project, ConfigurableEnvironment environment) {
        this.project = project;
        this.environment = environment;
        this.places = new Places(root, environment);
    }

    List<Finding> findings() {
        var findings = new ArrayList<Finding>();
        addUnknown(findings);
        var wrong = new ArrayList<Problem>(wrongKinds());
        wrong.addAll(Preflight.problems(environment));
        wrong.addAll(gathered(() -> Destinations.problems(environment)));
        wrong.addAll(gathered(this::tokens));
        wrong.forEach(problem -> findings.add(finding(problem)));
        return findings.stream().distinct().sorted().toList();
    }

    private List<Problem> tokens() {
        return Tokens.faults(environment).stream()
                .map(fault -> new Problem(
                        fault.replaceFirst(" .*", ""),
                        fault.replaceFirst("^\\S+ ", ""),
                        "correct it there, or the environment variable it names"))
                .toList();
    }

    /** Findings of a start that was rehearsed and failed. */
    List<Finding> of(RuntimeException failure) {
        return Diagnosis.of(failure, environment).stream()
                .map(problem -> places.finding(problem.where(), problem.what(), problem.mend()))
                .toList();
    }

    /** A key that is not set is told once, where it stands, and not wherever a route asks for it. */
    private Finding finding(Problem problem) {
        Matcher unset = UNSET.matcher(problem.what());
        boolean standsSomewhere = unset.matches() && places.inFiles().containsKey(unset.group(1));
        return standsSomewhere
                ? places.finding(unset.group(1), "is not set", problem.mend())
                : places.finding(problem.where(), problem.what(), problem.mend());
    }

    private void addUnknown(List<Finding> findings) {
        var known = new KnownKeys(project);
        places.inFiles().forEach((key, place) -> {
            if (!key.startsWith("usher.") || known.knows(key)) {
                return;
            }
            Optional<String> near = nearest(key, known);
            if (near.filter(asked -> known.isOnlyAsked(asked) && !environment.containsProperty(asked))
                    .isPresent()) {
                return; // it is the route that misspells it, which is told there
            }
            findings.add(new Finding(
                    place.file(),
                    place.line(),
                    "nothing reads the setting " + key,
                    near.map(other -> "did you mean " + other + "?")
                            .orElse("remove it, or correct its name: docs/configuration.md lists all")));
        });
    }

    private static Optional<String> nearest(String key, KnownKeys known) {
        return known.like(key)
                .filter(other -> Distance.between(key, other) <= FARTHEST)
                .min(Comparator.comparing(other -> Distance.between(key, other)));
    }

    private List<Problem> wrongKinds() {
        var problems = new ArrayList<Problem>();
        for (Class<?> type : Beans.settings()) {
            var prefix = type.getAnnotation(ConfigurationProperties.class);
            problems.addAll(gathered(() -> {
                Binder.get(environment)
                        .bindOrCreate(prefix.prefix().isEmpty() ? prefix.value() : prefix.prefix(), type);
                return List.of();
            }));
        }
        return problems.stream().distinct().toList();
    }

    private List<Problem> gathered(Supplier<List<Problem>> look) {
        try {
            return look.get();
        } catch (BindException | IllegalArgumentException | IllegalStateException wrong) {
            return Diagnosis.of(wrong, environment);
        }
    }
}
