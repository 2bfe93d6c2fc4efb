package dev.usher.destination;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.springframework.core.env.Environment;

/**
 * The words that settings of one destination take, by the file {@code words.properties} in its folder: a key of
 * {@code usher.destinations.<name>}, and the words divided by commas. A route compares them by their letters, so that a
 * misspelt one would quietly mean something else.
 */
final class Words {

    private static final String FILE = "words.properties";

    private Words() {}

    /** The settings with another word. A setting that is missing is none: placeholders are checked by themselves. */
    static List<Problem> problems(Path folder, Environment environment) {
        var words = PropertyFile.read(folder.resolve(FILE));
        return words.stringPropertyNames().stream()
                .sorted()
                .flatMap(key -> problem(folder, key, words, environment).stream())
                .toList();
    }

    private static List<Problem> problem(Path folder, String key, Properties words, Environment environment) {
        var setting = "usher.destinations." + folder.getFileName() + "." + key;
        var chosen = environment.getProperty(setting);
        var known = Arrays.stream(words.getProperty(key).split(","))
                .map(String::strip)
                .toList();
        return chosen == null || known.contains(chosen)
                ? List.of()
                : List.of(new Problem(
                        setting, "\"" + chosen + "\" is not known", "set one of " + String.join(", ", known)));
    }
}
