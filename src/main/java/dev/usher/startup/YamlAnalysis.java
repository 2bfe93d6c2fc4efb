package dev.usher.startup;

import dev.usher.destination.Problem;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** A file in {@code config/} that is no YAML. The exception does not know which file it was, so that all are read again. */
final class YamlAnalysis extends Analysis {

    private final Path folder;

    YamlAnalysis() {
        this(Path.of("config"));
    }

    YamlAnalysis(Path folder) {
        this.folder = folder;
    }

    @Override
    @Nullable
    Finding ofCause(Throwable cause) {
        if (!(cause instanceof MarkedYAMLException failure)) {
            return null;
        }
        var broken = files().stream().flatMap(YamlAnalysis::problem).toList();
        var places = broken.isEmpty() ? List.of(YamlProblem.of(folder, failure)) : broken;
        return new Finding(
                "The configuration cannot be read:\n\n- "
                        + String.join(
                                "\n- ", places.stream().map(Problem::toString).toList()),
                "Mend what is listed and start again.");
    }

    private List<Path> files() {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Stream<Problem> problem(Path file) {
        try {
            new Yaml(new LoaderOptions())
                    .composeAll(new StringReader(Files.readString(file)))
                    .forEach(document -> document.getTag());
            return Stream.of();
        } catch (MarkedYAMLException e) {
            return Stream.of(YamlProblem.of(file, e));
        } catch (IOException e) {
            return Stream.of();
        }
    }
}
