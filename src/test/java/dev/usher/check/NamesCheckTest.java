package dev.usher.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesCheckTest {

    private final NamesCheck check = new NamesCheck();

    @Test
    void noTrackedFileNamesAMachineOrARegistry() throws IOException, InterruptedException {
        List<String> tracked = tracked();
        assumeTrue(!tracked.isEmpty(), "not a git checkout");

        Map<String, String> texts = new TreeMap<>();
        for (String file : tracked) {
            Path path = Path.of(file);
            if (Files.isRegularFile(path) && !file.endsWith("NamesCheckTest.java")) {
                readText(path, texts);
            }
        }

        assertThat(check.findings(texts)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cd /" + "work/usher",
                "path: \"/" + "root/.m2\"",
                "FILE=/tmp/result.txt",
                "see /home/anna/notes",
                "https://re" + "po.ma" + "ven.apa" + "che.org/ma" + "ven2",
                "registry=https://registry" + ".npmjs.org/"
            })
    void aMachinesPathOrARegistryIsFound(String line) {
        List<Finding> findings = check.findings(Map.of("README.md", "# Usher\n" + line + "\n"));

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.file()).isEqualTo("README.md");
            assertThat(finding.line()).isEqualTo(2);
            assertThat(finding.mend()).isNotBlank();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /users/{id}",
                "the routes/" + "work-list",
                "${TMPDIR}/usher",
                "https://x.test/" + "root/a",
                "/" + "workers"
            })
    void otherPathsPass(String line) {
        assertThat(check.findings(Map.of("README.md", line))).isEmpty();
    }

    private static void readText(Path path, Map<String, String> texts) throws IOException {
        try {
            texts.put(path.toString(), Files.readString(path));
        } catch (CharacterCodingException binary) {
            // a key store or a picture: nothing to read
        }
    }

    /** Empty where git or the repository is missing. */
    private static List<String> tracked() throws IOException, InterruptedException {
        Process git;
        try {
            git = new ProcessBuilder("git", "ls-files", "-z")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException missing) {
            return List.of();
        }
        String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return git.waitFor() == 0 && !output.isEmpty() ? List.of(output.split("\0")) : List.of();
    }
}
