package dev.usher.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** The packaged jar in an otherwise empty folder, with configuration, routes and scenarios, as an integration team has them. */
class CheckIT {

    private static final long LONGEST = 180;

    @TempDir
    Path folder;

    private record Ending(int code, String output) {}

    @BeforeEach
    void copy() throws IOException {
        FileSystemUtils.copyRecursively(Path.of("config"), folder.resolve("config"));
        FileSystemUtils.copyRecursively(Path.of("routes"), folder.resolve("routes"));
        FileSystemUtils.copyRecursively(Path.of("src/test/scenarios"), folder.resolve("scenarios"));
        Files.copy(Path.of("target/usher.jar"), folder.resolve("usher.jar"));
    }

    @Test
    void scenariosArePlayedWithTheSandboxBesideTheJar() throws IOException, InterruptedException {
        Files.copy(Path.of("target/usher-sandbox.jar"), folder.resolve("usher-sandbox.jar"));

        Ending ending = run("check", "--profile", "sandbox", "--scenario", "stripe/a-new-name");

        assertThat(ending.output()).contains("nothing to mend", "Scenarios: 1 passed, 0 failed.");
        assertThat(ending.code()).isZero();
    }

    /** As {@code deploy/install} and the image have it: without the loader of the packaged jar. */
    @Test
    void aJarThatWasTakenApartPlaysThemToo() throws IOException, InterruptedException {
        var apart = execute("-Djarmode=tools", "-jar", "usher.jar", "extract", "--destination", "apart");
        assertThat(apart.code()).as(apart.output()).isZero();
        Files.copy(Path.of("target/usher-sandbox.jar"), folder.resolve("apart/usher-sandbox.jar"));

        Ending ending =
                execute("-jar", "apart/usher.jar", "check", "--profile", "sandbox", "--scenario", "stripe/a-new-name");

        assertThat(ending.output()).contains("nothing to mend", "Scenarios: 1 passed, 0 failed.");
        assertThat(ending.code()).isZero();
    }

    @Test
    void aScenarioThatFailsIsToldWithItsPlace() throws IOException, InterruptedException {
        Files.copy(Path.of("target/usher-sandbox.jar"), folder.resolve("usher-sandbox.jar"));
        Path mapping = folder.resolve("routes/destinations/stripe/customer.jq");
        Files.writeString(mapping, Files.readString(mapping).replace("join(\" \")", "join(\"-\")"));

        Ending ending = run("check", "--profile", "sandbox", "--scenario", "stripe/a-new-name");

        assertThat(ending.output())
                .contains("scenarios/stripe/a-new-name-is-one-update.yaml:", "Scenarios: 0 passed, 1 failed.");
        assertThat(ending.code()).isEqualTo(1);
    }

    @Test
    void withoutTheSandboxItSaysThatScenariosWereNotRun() throws IOException, InterruptedException {
        Ending ending = run("check", "--profile", "sandbox");

        assertThat(ending.output())
                .contains(
                        "Usher would start", "Scenarios were not run", "Put usher-sandbox.jar of this version beside");
        assertThat(ending.code()).isEqualTo(1);
    }

    private Ending run(String... arguments) throws IOException, InterruptedException {
        return execute(Stream.concat(Stream.of("-jar", "usher.jar"), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private Ending execute(String... arguments) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
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
}
