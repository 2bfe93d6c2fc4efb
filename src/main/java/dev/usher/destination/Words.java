package dev.usher.destination;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.springframework.core.env.Environment;

/**
 * The settings of a destination that are one word out of a few. The file {@code words.properties} in its folder says
 * which: {@code registration = open, invitation-only}. A blank or missing value is left to the route.
 */
final class Words {

    private static final String FILE = "words.properties";

    private Words() {}

    /** Adds a problem for each setting that is another word. */
    static void check(Path folder, Environment environment, List<Problem> problems) {
        var possible = read(folder.resolve(FILE));
        for (var key : possible.stringPropertyNames()) {
            var setting = "usher.destinations." + folder.getFileName() + "." + key;
            var words = Arrays.stream(possible.getProperty(key).split(",", -1))
                    .map(String::strip)
                    .toList();
            var chosen = environment.getProperty(setting, "").strip();
            if (!chosen.isEmpty() && !words.contains(chosen)) {
                problems.add(new Problem(
                        setting, "\"" + chosen + "\" means nothing there", "set one of " + String.join(", ", words)));
            }
        }
    }

    private static Properties read(Path file) {
        var words = new Properties();
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                words.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return words;
    }
}
