package dev.usher.check;

import dev.usher.destination.Destinations;
import dev.usher.destination.Problem;
import dev.usher.setting.Beans;
import dev.usher.setting.Places;
import dev.usher.startup.Diagnosis;
import dev.usher.startup.Preflight;
import dev.usher.token.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;

/** The configuration as the start reads it: nothing unknown, nothing missing, every value of its kind. */
final class SettingCheck {

    private static final Pattern UNSET = Pattern.compile("(usher\\.\\S+) is not set");
    private static final Pattern FILE = Pattern.compile("(.+\\.\\w+):(\\d+)");

    private final ConfigurableEnvironment environment;
    private final Places places;

    SettingCheck(Path root, ConfigurableEnvironment environment) {
        this.environment = environment;
        this.places = new Places(root, environment);
    }

    List<Finding> findings() {
        var findings = new ArrayList<Finding>();
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
                .map(problem -> finding(problem.where(), problem.what(), problem.mend()))
                .toList();
    }

    /** A key that is not set is told once, where it stands, and not wherever a route asks for it. */
    private Finding finding(Problem problem) {
        Matcher unset = UNSET.matcher(problem.what());
        return unset.matches() && places.of(unset.group(1)).isPresent()
                ? finding(unset.group(1), "is not set", problem.mend())
                : finding(problem.where(), problem.what(), problem.mend());
    }

    /** A finding at a file and line, or about a setting wherever that stands. */
    private Finding finding(String where, String what, String mend) {
        var file = FILE.matcher(where);
        if (file.matches()) {
            return new Finding(places.shown(Path.of(file.group(1))), Integer.parseInt(file.group(2)), what, mend);
        }
        String text = where + ": " + what;
        return places.ofFirstIn(text)
                .map(place -> new Finding(place.file(), place.line(), text, mend))
                .orElseGet(() -> new Finding(where, 0, what, mend));
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
