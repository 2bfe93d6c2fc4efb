package dev.usher.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process itself: how it ends, and what only a second process can meet. */
class ExitTest {

    private static final long LONGEST = 60;

    @TempDir
    Path folder;

    private record Ending(int code, String output) {}

    private Ending run(Path directory, String... arguments) throws IOException, InterruptedException {
        var output = Files.createTempFile(folder, "usher", ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.usher.UsherApplication"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(LONGEST, TimeUnit.SECONDS)).as("it ends").isTrue();
            return new Ending(process.exitValue(), Files.readString(output));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aStartInTheWrongFolderEndsWithACodeAndTheRightFolder() throws Exception {
        var ending = run(folder);

        assertThat(ending.code()).isEqualTo(1);
        assertThat(ending.output())
                .contains("nothing is configured", "start Usher in the folder that holds config/ and routes/")
                .doesNotContain("\tat ");
    }

    @Test
    void aConfigurationThatIsNoYamlIsToldWithItsFileAndLine() throws Exception {
        var workplace = new Workplace(folder.resolve("usher"));
        workplace.write("config/storage.yaml", "usher:\n  data: data\n  routes: [routes\nspring: {}\n");

        var ending = run(workplace.folder());

        assertThat(ending.code()).isEqualTo(1);
        assertThat(ending.output())
                .contains("config/storage.yaml:4: this is no YAML")
                .doesNotContain("\tat ");
    }

    @Test
    void aSecondUsherOnTheSameDataFolderEnds() throws Exception {
        var data = folder.resolve("data");
        var problems = new ArrayList<dev.usher.destination.Problem>();
        var first = DataFolderLock.take(data, problems);

        var ending = run(Path.of("."), "--spring.profiles.active=sandbox", "--usher.data=" + data);

        assertThat(first).isNotNull();
        first.destroy();
        assertThat(ending.code()).isEqualTo(1);
        assertThat(ending.output())
                .contains(data + ": another Usher works in this data folder", "usher.data (USHER_DATA)")
                .doesNotContain("\tat ");
    }

    @Test
    void anH2FileThatAnotherProcessHasOpenIsTold() throws Exception {
        var url = "jdbc:h2:file:" + folder.resolve("state");
        try (var other = java.sql.DriverManager.getConnection(url, "usher", "")) {
            assertThat(other.isValid(1)).isTrue();

            var ending = run(
                    Path.of("."),
                    "--spring.profiles.active=sandbox",
                    "--usher.data=" + folder.resolve("data"),
                    "--spring.datasource.url=" + url + ";DB_CLOSE_ON_EXIT=FALSE");

            assertThat(ending.code()).isEqualTo(1);
            assertThat(ending.output())
                    .contains(url + ": another process has this H2 file open", "usher.data (USHER_DATA)")
                    .doesNotContain("\tat ");
        }
    }
}
