package dev.usher.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksTest {

    private static final Finding TOO_LONG =
            new Finding("routes/a.camel.yaml", 61, "the file has 70 lines", "shorten it");

    @TempDir
    Path root;

    @Test
    void noCheckFindsAnythingInASoundProject() {
        Project project = Sample.in(root).project();

        assertThat(new Checks().findings(project)).isEmpty();
    }

    @Test
    void aFileThatIsNotYamlIsNamedWithItsLine() {
        Project project = Sample.in(root)
                .spoil(Sample.HELPER, "id: record-outcome", "id: [record-outcome")
                .project();

        assertThat(project.unreadable()).singleElement().satisfies(finding -> {
            assertThat(finding.file()).isEqualTo(Sample.HELPER);
            assertThat(finding.line()).isEqualTo(3);
            assertThat(finding.message()).contains("not YAML");
        });
    }

    @Test
    void aFindingReadsAsPlaceMessageAndMend() {
        assertThat(TOO_LONG).hasToString("routes/a.camel.yaml:61: the file has 70 lines; shorten it");
    }

    @Test
    void aWaiverLetsItsFindingPass() {
        var waiver = new Waiver(TOO_LONG.file(), "70 lines", "one long table");

        assertThat(Waiver.apply(List.of(waiver), List.of(TOO_LONG))).isEmpty();
    }

    @Test
    void aWaiverThatNothingNeedsIsAFinding() {
        var waiver = new Waiver("routes/b.camel.yaml", "70 lines", "one long table");

        assertThat(Waiver.apply(List.of(waiver), List.of(TOO_LONG)))
                .contains(TOO_LONG)
                .anySatisfy(finding -> assertThat(finding.mend()).isEqualTo("remove the waiver"));
    }
}
