package dev.usher.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The self-test of one check: it accepts the sound project, and names file, line and mend of each thing spoiled. */
abstract class Spoiled {

    @TempDir
    Path root;

    Sample sample;

    private final Check check;

    Spoiled(Check check) {
        this.check = check;
    }

    @BeforeEach
    void aSoundProject() {
        sample = Sample.in(root);
    }

    @Test
    void aSoundProjectHasNothingToMend() {
        assertThat(check.findings(sample.project())).isEmpty();
    }

    /** Expects one finding, on the first line that holds a text. */
    void isFound(String file, String at, String message, String mend) {
        isFound(file, lineOf(at, sample.read(file)), message, mend);
    }

    /** Expects one finding about a file or folder as a whole. */
    void isFound(String file, String message, String mend) {
        isFound(file, 0, message, mend);
    }

    void nothingIsFound() {
        assertThat(check.findings(readable())).isEmpty();
    }

    /** Expects one finding, on a line counted from 1. */
    void isFound(String file, int line, String message, String mend) {
        List<Finding> findings = check.findings(readable());

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.file()).isEqualTo(file);
            assertThat(finding.message()).contains(message);
            assertThat(finding.mend()).contains(mend);
            assertThat(finding.line()).isEqualTo(line);
        });
    }

    /** A project that is no YAML any more would hide what the test looks for. */
    private Project readable() {
        Project project = sample.project();
        assertThat(project.unreadable()).isEmpty();
        return project;
    }

    private static int lineOf(String text, String file) {
        List<String> lines = file.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text)) {
                return i + 1;
            }
        }
        throw new AssertionError("'" + text + "' stands nowhere in:\n" + file);
    }
}
