package dev.usher.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Plays every file under {@code src/test/scenarios}. One of them alone: {@code mvn test -Dtest=ScenarioTest
 * -Dscenario=stripe/a-lost-answer}.
 */
@ExtendWith(RunningUsher.class)
class ScenarioTest {

    private static final Path ROOT = Path.of("src/test/scenarios");

    @TestFactory
    Stream<DynamicNode> scenarios(Product product) throws IOException {
        return scenarios(product, "entra");
    }

    /** Those in which this system is believed. */
    static Stream<DynamicNode> scenarios(Product product, String believed) throws IOException {
        return folders().stream()
                .map(folder -> DynamicContainer.dynamicContainer(
                        folder.getFileName().toString(),
                        files(folder).stream()
                                .filter(file -> believed(file).equals(believed))
                                .map(file -> test(file, product))));
    }

    /** A file that cannot be read is a fault where the directory is believed, which is where most are. */
    private static String believed(Path file) {
        try {
            return Scenario.read(file).believed();
        } catch (IOException | Mistake e) {
            return "entra";
        }
    }

    private static List<Path> folders() throws IOException {
        try (var folders = Files.list(ROOT)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static List<Path> files(Path folder) {
        var only = System.getProperty("scenario", "");
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.getFileName().toString().equals(Contract.FILE))
                    .filter(file -> file.toString().contains(only))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void play(Scenario scenario, Product product) throws IOException {
        if (scenario.settings().isEmpty()) {
            scenario.play(product);
            return;
        }
        try (var other = Product.start("scenarios-set-otherwise", scenario.settings())) {
            scenario.play(other);
        }
    }

    private static DynamicTest test(Path file, Product product) {
        var name = file.getFileName().toString().replace(".yaml", "").replace('-', ' ');
        return DynamicTest.dynamicTest(
                file.getParent().getFileName() + ": " + name, file.toUri(), () -> play(Scenario.read(file), product));
    }
}
