package dev.usher.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationReferenceTest {

    private static final Path PAGE = Path.of("docs", "configuration.md");
    private static final String REPAIR = "mvn test -Dtest=ConfigurationReferenceTest -Dusher.write-docs=true";

    @TempDir
    Path root;

    @Test
    void thePageSaysWhatTheCommentsSay() throws IOException {
        String wanted = new ConfigurationReference(Project.read(Path.of(""))).markdown();
        if (Boolean.getBoolean("usher.write-docs")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, wanted);
        }

        String found = Files.exists(PAGE) ? Files.readString(PAGE) : "";

        assertThat(found)
                .withFailMessage(
                        () -> PAGE + " is not what config/ says" + firstDifference(wanted, found) + "\nMend: " + REPAIR)
                .isEqualTo(wanted);
    }

    @Test
    void everySettingIsARowWithItsDefaultAndItsMeaning() {
        String page = new ConfigurationReference(Sample.in(root).project()).markdown();

        assertThat(page)
                .contains(
                        "## config/acme.yaml\n\nWhat an operator may change about Acme.",
                        "| `usher.retries` | `2` | How often a failed call is tried again at once, 0 to 5. |",
                        "| `usher.destinations.acme.api-key` | `${ACME_API_KEY:}` | Key of the account. |",
                        "| `usher.destinations.acme.concurrent` | `4` | deliveries at once, 1 to 50 |");
    }

    @Test
    void theHeadOfAFileKeepsItsTable() {
        Sample sample =
                Sample.in(root).spoil(Sample.SETTINGS, "about Acme.\n\n", "about Acme.\n#   concurrent: 4   at once\n");

        String page = new ConfigurationReference(sample.project()).markdown();

        assertThat(page)
                .contains("change about Acme.\n\n```\n  concurrent: 4   at once\n```\n")
                .doesNotContain("`usher.*`");
    }

    @Test
    void theCommentOfAGroupIsARowOfItsOwn() {
        Sample sample = Sample.in(root).spoil(Sample.SETTINGS, "    acme:", "    # The shop | the club.\n    acme:");

        String page = new ConfigurationReference(sample.project()).markdown();

        assertThat(page).contains("| `usher.destinations.acme.*` | | The shop \\| the club. |");
    }

    private static String firstDifference(String wanted, String found) {
        String[] wantedLines = wanted.split("\n");
        String[] foundLines = found.split("\n");
        for (int i = 0; i < wantedLines.length; i++) {
            if (i >= foundLines.length || !wantedLines[i].equals(foundLines[i])) {
                return ", first at line " + (i + 1) + ": " + wantedLines[i];
            }
        }
        return ", it has lines too many";
    }
}
