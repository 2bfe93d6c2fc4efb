package dev.usher.setting;

import dev.usher.destination.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;

/**
 * Keys under {@code usher.} that nobody reads: most are misspelt, and what they were to say would silently not hold. Looked
 * at are files and the command line; an environment variable may be named anything.
 */
public final class UnknownSettings {

    /** Keys that differ more than this are not meant for one another. */
    private static final int FARTHEST = 3;

    private UnknownSettings() {}

    /** One problem for each, with the key that was probably meant. */
    public static List<Problem> problems(Environment environment) {
        var known = new KnownKeys(texts(environment));
        var problems = new ArrayList<Problem>();
        set(environment).forEach((key, where) -> {
            if (!key.startsWith("usher.") || known.knows(key)) {
                return;
            }
            Optional<String> near = nearest(key, known);
            if (near.filter(asked -> known.isOnlyAsked(asked) && !environment.containsProperty(asked))
                    .isPresent()) {
                return; // it is the route that misspells it, which is told there
            }
            problems.add(new Problem(
                    where,
                    "nothing reads the setting " + key,
                    near.map(other -> "did you mean " + other + "?")
                            .orElse("remove it, or correct its name: docs/configuration.md lists all")));
        });
        return problems;
    }

    /** What is set, and where: file and line, or the command line. */
    private static Map<String, String> set(Environment environment) {
        var set = new LinkedHashMap<String, String>();
        sources(environment)
                .filter(CommandLinePropertySource.class::isInstance)
                .forEach(source -> Stream.of(source.getPropertyNames()).forEach(key -> set.put(key, "--" + key)));
        new Places(Path.of(""), environment).inFiles().forEach((key, place) -> set.putIfAbsent(key, place.toString()));
        return set;
    }

    private static Optional<String> nearest(String key, KnownKeys known) {
        return known.like(key)
                .filter(other -> Distance.between(key, other) <= FARTHEST)
                .min(Comparator.comparing(other -> Distance.between(key, other)));
    }

    /** Whatever may name a setting: the routes, and the values of other settings. */
    private static Stream<String> texts(Environment environment) {
        var values = sources(environment)
                .flatMap(source -> Stream.of(source.getPropertyNames()).map(source::getProperty))
                .map(String::valueOf);
        return Stream.concat(values, routes(Path.of(environment.getProperty("usher.routes", "routes"))));
    }

    private static Stream<EnumerablePropertySource<?>> sources(Environment environment) {
        return environment instanceof ConfigurableEnvironment known
                ? known.getPropertySources().stream()
                        .filter(EnumerablePropertySource.class::isInstance)
                        .map(source -> (EnumerablePropertySource<?>) source)
                : Stream.of();
    }

    private static Stream<String> routes(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).map(UnknownSettings::text).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + folder, e);
        }
    }

    /** Bytes that are no UTF-8 are for whoever reads the file as YAML to tell. */
    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
