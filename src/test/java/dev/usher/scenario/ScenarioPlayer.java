package dev.usher.scenario;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/** Plays scenarios outside of a test: the process that {@code usher check} starts. One line of JSON for each that ends. */
public final class ScenarioPlayer {

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final ObjectMapper json = new ObjectMapper();

    private ScenarioPlayer() {}

    /** @param arguments the folder of the scenarios, and part of the path of those to be played */
    public static void main(String[] arguments) throws IOException {
        var data = Files.createTempDirectory("usher-scenarios-");
        System.setProperty(Product.DATA, data.toString());
        try {
            new ScenarioPlayer().play(new ScenarioFolder(Path.of(arguments[0]), arguments[1]));
        } finally {
            FileSystemUtils.deleteRecursively(data);
        }
        System.exit(0);
    }

    private void play(ScenarioFolder folder) throws IOException {
        List<Path> files = new ArrayList<>();
        for (var one : folder.folders()) {
            files.addAll(folder.files(one));
        }
        play(files, "entra", Map.of());
        play(files, "dataverse", Product.BELIEVES_CONTACTS);
    }

    private void play(List<Path> all, String believed, Map<String, String> settings) throws IOException {
        var files = all.stream()
                .filter(file -> ScenarioFolder.believed(file).equals(believed))
                .toList();
        if (files.isEmpty()) {
            return;
        }
        try (var product = Product.start("scenarios-" + believed, settings);
                var other = new OtherProduct(Product::start)) {
            for (var file : files) {
                long begun = System.nanoTime();
                var failure = failure(file, product, other);
                out.println("scenario "
                        + json.createObjectNode()
                                .put("scenario", file.toString())
                                .put("millis", (System.nanoTime() - begun) / 1_000_000)
                                .put("failure", failure));
            }
        }
    }

    private static String failure(Path file, Product product, OtherProduct other) {
        try {
            ScenarioFolder.play(file, product, other);
            return null;
        } catch (IOException | RuntimeException | AssertionError e) {
            var words = String.valueOf(e.getMessage());
            return words.contains(file.toString()) ? words : file + ": " + words;
        }
    }
}
