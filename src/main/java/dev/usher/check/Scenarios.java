package dev.usher.check;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.system.ApplicationHome;
import org.springframework.util.ClassUtils;

/**
 * The scenarios, played by a process of their own: this jar together with {@code usher-sandbox.jar}, which holds the
 * simulators and so never becomes part of what runs in production.
 */
public final class Scenarios {

    static final String IN_PROJECT = "src/test/scenarios";
    static final String DEPLOYED = "scenarios";
    private static final String SANDBOX = "usher-sandbox.jar";
    private static final String PLAYER = "dev.usher.scenario.ScenarioPlayer";
    private static final String LAUNCHER = "org.springframework.boot.loader.launch.PropertiesLauncher";

    /** How the player begins a line that holds a result. */
    private static final String RESULT = "scenario ";

    private final Path sandbox;
    private final String folder;

    private Scenarios(Path sandbox, String folder) {
        this.sandbox = sandbox;
        this.folder = folder;
    }

    /**
     * One scenario that was played.
     *
     * @param scenario its file, from the working directory
     * @param millis how long it took
     * @param failure what was not as expected, one fault a line; null when it passed
     */
    public record Result(
            String scenario, long millis, @Nullable String failure) {}

    /** The folder, from the working directory; null when there is none. */
    static @Nullable String folder(Path root) {
        return Stream.of(IN_PROJECT, DEPLOYED)
                .filter(folder -> Files.isDirectory(root.resolve(folder)))
                .findFirst()
                .orElse(null);
    }

    /**
     * The scenarios of the working directory.
     *
     * @param sandbox the file with the simulators; null for the one beside the jar
     * @return null when there are no scenarios
     * @throws IOException when there is no such file, saying where it was looked for
     */
    public static @Nullable Scenarios find(@Nullable Path sandbox) throws IOException {
        String folder = folder(Path.of(""));
        if (folder == null) {
            return null;
        }
        Path file = sandbox == null ? home().resolve(SANDBOX) : sandbox;
        if (!Files.isRegularFile(file)) {
            throw new IOException(file.toAbsolutePath().normalize() + " is not there");
        }
        return new Scenarios(file.toAbsolutePath(), folder);
    }

    /**
     * Plays them.
     *
     * @param only part of the path of those to be played; empty for all
     * @param progress is told of each as it ends, also when the process fails later
     * @throws IOException when the process that plays them failed, with the last it said
     */
    public List<Result> play(String only, Consumer<Result> progress) throws IOException {
        Process player =
                new ProcessBuilder(command(only)).redirectErrorStream(true).start();
        var results = new ArrayList<Result>();
        String last = "nothing";
        try (BufferedReader lines = player.inputReader(StandardCharsets.UTF_8)) {
            var json = new ObjectMapper();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(RESULT)) {
                    Result result = json.readValue(line.substring(RESULT.length()), Result.class);
                    results.add(result);
                    progress.accept(result);
                } else if (!line.isBlank()) {
                    last = line.strip();
                }
            }
            if (player.waitFor() != 0) {
                throw new IOException("the process that plays the scenarios ended with " + player.exitValue()
                        + "; the last it said: " + last);
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            player.destroy();
        }
    }

    private List<String> command(String only) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dlogging.threshold.console=off"));
        File jar = jar();
        if (jar == null
                || !ClassUtils.isPresent(LAUNCHER, null)) { // classes in a folder, or a jar that was taken apart
            command.addAll(
                    List.of("-cp", sandbox + File.pathSeparator + System.getProperty("java.class.path"), PLAYER));
        } else {
            command.addAll(
                    List.of("-Dloader.path=" + sandbox, "-Dloader.main=" + PLAYER, "-cp", jar.getPath(), LAUNCHER));
        }
        command.addAll(List.of(folder, only));
        return command;
    }

    /** The jar that this program runs from; null when it runs from classes in a folder. */
    private static @Nullable File jar() {
        File source = new ApplicationHome(Scenarios.class).getSource();
        return source != null && source.isFile() ? source : null;
    }

    private static Path home() {
        File jar = jar();
        return jar == null ? Path.of("target") : jar.getAbsoluteFile().toPath().resolveSibling("");
    }
}
