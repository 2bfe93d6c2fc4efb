package dev.usher.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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

    /** @param product as every scenario of this belief wants it; one that is set otherwise gets a product of its own */
    static void play(Path file, Product product) throws IOException {
        var scenario = Scenario.read(file);
        if (scenario.settings().isEmpty()) {
            scenario.play(product);
            return;
        }
        try (var other = Product.start("scenarios-set-otherwise", scenario.settings())) {
            scenario.play(other);
        }
    }
}
