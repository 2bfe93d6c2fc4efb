package dev.usher.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.usher.benchmark.Crowd;
import dev.usher.benchmark.Everybody;
import dev.usher.benchmark.Program;
import dev.usher.benchmark.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** The jar, {@code config/} and {@code routes/} in an empty folder, {@code java -jar}, and nothing else. */
class BareFolderIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    @BeforeEach
    void setUp() throws IOException {
        Stage.requireJar();
        Files.copy(Path.of("target/usher.jar"), folder.resolve("usher.jar"));
        FileSystemUtils.copyRecursively(Path.of("config"), folder.resolve("config"));
        FileSystemUtils.copyRecursively(Path.of("routes"), folder.resolve("routes"));
    }

    private Program start(List<String> arguments) {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", "usher.jar"));
        command.addAll(arguments);
        return Program.start("usher", folder, command);
    }

    @Test
    void withoutSettingsItSaysWhatIsMissingAndLeavesNothing() {
        try (var usher = start(List.of())) {
            usher.awaitEnd(PATIENCE);

            assertThat(usher.exitCode()).isEqualTo(1);
            assertThat(usher.log())
                    .contains("usher.hash-key: is not set; set USHER_HASH_KEY")
                    .contains("usher.destinations.sql.data-source.url: is not set")
                    .doesNotContain("\tat ");
        }
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void againstASandboxItCarriesPeople() {
        try (var stage = new Stage(Path.of("target/bare"))) {
            stage.resetWithoutLimits();
            try (var usher = start(stage.usherArguments())) {
                usher.awaitLine("Started UsherApplication", PATIENCE);
                var crowd = new Crowd(stage.control(), "bare");
                crowd.signUp(3, Duration.ZERO);
                var everybody = new Everybody(stage.control(), crowd.emails());

                await("everybody").atMost(PATIENCE).until(everybody::arrived);

                assertThat(everybody.faults()).isEmpty();
                assertThat(folder.resolve("data/usher.mv.db")).exists();
                assertThat(folder.resolve("data/artemis")).isDirectory();
            }
        }
    }
}
