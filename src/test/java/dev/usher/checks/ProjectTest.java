package dev.usher.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The routes, the configuration and the scenarios of this project as they are. */
class ProjectTest {

    /** Only to be shortened. */
    private static final List<Waiver> WAIVERS = List.of();

    @Test
    void routesAndConfigurationHaveNothingToMend() {
        Project project = Project.read(Path.of(""));

        List<Finding> findings = Waiver.apply(WAIVERS, new Checks(Path.of(".yamllint")).findings(project));

        assertThat(findings)
                .withFailMessage(() -> findings.size() + " to mend:\n"
                        + findings.stream().map(Finding::toString).collect(Collectors.joining("\n")))
                .isEmpty();
    }
}
