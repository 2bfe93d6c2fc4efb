package dev.usher.destination;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.core.env.Environment;

/** Finds the configuration keys that the files of a folder name as {@code {{usher.…}}} and nobody has set. */
final class Placeholders {

    private static final Pattern KEY = Pattern.compile("\\{\\{(usher\\.[^}:?]+)}}");

    private final Environment environment;

    Placeholders(Environment environment) {
        this.environment = environment;
    }

    /** One problem for each place that names a key which is missing or blank; none when all are set. */
    List<Problem> unset(Path folder) {
        try (var files = Files.list(folder)) {
            var problems = new ArrayList<Problem>();
            files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .forEach(file -> problems.addAll(unsetIn(file)));
            return problems;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Problem> unsetIn(Path file) {
        try {
            var problems = new ArrayList<Problem>();
            var lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                var keys = KEY.matcher(lines.get(i));
                while (keys.find()) {
                    var value = environment.getProperty(keys.group(1), "");
                    if (value.isBlank()) {
                        problems.add(new Problem(
                                file + ":" + (i + 1),
                                keys.group(1) + " is not set",
                                "set it in config/, or the environment variable it names there, or switch the"
                                        + " destination off"));
                    }
                }
            }
            return problems;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
