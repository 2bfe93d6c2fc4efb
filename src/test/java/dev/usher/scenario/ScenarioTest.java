package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.Printed;
import dev.usher.Telltales;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

    private static final ScenarioFolder SCENARIOS =
            new ScenarioFolder(Path.of("src/test/scenarios"), System.getProperty("scenario", ""));

    /** Names of people in the scenarios that are no other word as well. */
    private static final Telltales TELLTALES = new Telltales(
            Set.of("Ada", "Adele", "Augusta", "Babbage", "Byron", "Countess", "Lovelace", "Noyce", "Jones", "Smith"));

    private static Printed log;

    @BeforeAll
    static void listen() {
        log = new Printed();
    }

    @AfterAll
    static void noLineOfTheLogHoldsPersonalDataOrASecret() {
        log.close();

        assertThat(log.lines()).as("lines of the log").isNotEmpty();
        assertThat(TELLTALES.in(log.lines()))
                .as("lines with personal data or secrets")
                .isEmpty();
    }

    @TestFactory
    Stream<DynamicNode> scenarios(Product product) throws IOException {
        return scenarios(product, "entra");
    }

    /** Those in which this system is believed. */
    static Stream<DynamicNode> scenarios(Product product, String believed) throws IOException {
        return SCENARIOS.folders().stream()
                .map(folder -> DynamicContainer.dynamicContainer(
                        folder.getFileName().toString(),
                        files(folder).stream()
                                .filter(file -> ScenarioFolder.believed(file).equals(believed))
                                .map(file -> test(file, product))));
    }

    private static List<Path> files(Path folder) {
        try {
            return SCENARIOS.files(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DynamicTest test(Path file, Product product) {
        var name = file.getFileName().toString().replace(".yaml", "").replace('-', ' ');
        return DynamicTest.dynamicTest(
                file.getParent().getFileName() + ": " + name, file.toUri(), () -> ScenarioFolder.play(file, product));
    }
}
