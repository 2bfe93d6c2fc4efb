package dev.usher.startup;

import dev.usher.destination.Problem;
import java.nio.file.Path;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** A file that is no YAML, with the line at which reading failed. */
final class YamlProblem {

    private YamlProblem() {}

    static Problem of(Path file, MarkedYAMLException failure) {
        var mark = failure.getProblemMark();
        var place = mark == null ? file.toString() : file + ":" + (mark.getLine() + 1);
        return new Problem(
                place,
                "this is no YAML: " + failure.getProblem(),
                "mend the line or the one before it; indent with blanks, and quote text that holds {, : or #");
    }
}
