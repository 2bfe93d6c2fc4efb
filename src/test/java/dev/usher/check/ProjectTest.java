package dev.usher.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The routes, the configuration and the scenarios of this project as they are. */
class ProjectTest {

    /** Only to be shortened. */
    private static final List<Waiver> WAIVERS = List.of();

    /** What holds for every project, and what this one asks of itself besides. */
    private static List<Finding> findings(Project project) {
        return Stream.of(new Checks()::findings, new YamlLintCheck(Path.of(".yamllint")), new CommentCheck())
                .flatMap((Check check) -> check.findings(project).stream())
                .sorted()
                .toList();
    }

    @Test
    void routesAndConfigurationHaveNothingToMend() {
        Project project = Project.read(Path.of(""));

        List<Finding> findings = Waiver.apply(WAIVERS, findings(project));

        assertThat(findings)
                .withFailMessage(() -> findings.size() + " to mend:\n"
                        + findings.stream().map(Finding::toString).collect(Collectors.joining("\n")))
                .isEmpty();
    }
}
