package dev.usher.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The scenario files below a folder, and how one of them is played. */
final class ScenarioFolder {

    private final Path root;
    private final String only;

    /** @param only part of the path of those that count; empty for all */
    ScenarioFolder(Path root, String only) {
        this.root = root;
        this.only = only;
    }

    List<Path> folders() throws IOException {
        try (var folders = Files.list(root)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.getFileName().toString().equals(Contract.FILE))
                    .filter(file -> file.toString().contains(only))
                    .sorted()
                    .toList();
        }
    }

    /** The system that is believed; a file that cannot be read is a fault where the directory is, which is where most are. */
    static String believed(Path file) {
        try {
            return Scenario.read(file).believed();
        } catch (IOException | Mistake e) {
            return "entra";
        }
    }

    /** What a file sets; nothing when it cannot be read, which is told when it is played. */
    static Map<String, String> settings(Path file) {
        try {
            return Scenario.read(file).settings();
        } catch (IOException | Mistake e) {
            return Map.of();
        }
    }

    /**
     * Plays one with the settings it names, and no others.
     *
     * @param product as every scenario of this belief wants it
     * @param other for one that is set otherwise
     */
    static void play(Path file, Product product, OtherProduct other) throws IOException {
        var scenario = Scenario.read(file);
        scenario.play(scenario.settings().isEmpty() ? product : other.with(scenario.settings()));
    }
}
