package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.Printed;
import dev.usher.Telltales;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
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

    private static final OtherProduct OTHER = new OtherProduct(Product::start);

    private static Printed log;

    @BeforeAll
    static void listen() {
        log = new Printed();
    }

    @AfterAll
    static void noLineOfTheLogHoldsPersonalDataOrASecret() {
        OTHER.close();
        log.close();

        assertThat(log.lines()).as("lines of the log").isNotEmpty();
        assertThat(TELLTALES.in(log.lines()))
                .as("lines with personal data or secrets")
                .isEmpty();
    }

    @TestFactory
    Stream<DynamicNode> scenarios(Product product) throws IOException {
        return scenarios(product, OTHER, "entra");
    }

    /** Those in which this system is believed: first by folder, then those that are set otherwise, by what they set. */
    static Stream<DynamicNode> scenarios(Product product, OtherProduct other, String believed) throws IOException {
        var asUsual = new ArrayList<DynamicNode>();
        var setOtherwise = new LinkedHashMap<Path, Map<String, String>>();
        for (var folder : SCENARIOS.folders()) {
            var tests = new ArrayList<DynamicTest>();
            for (var file : SCENARIOS.files(folder)) {
                var settings = ScenarioFolder.settings(file);
                if (!ScenarioFolder.believed(file).equals(believed)) {
                    continue;
                }
                if (settings.isEmpty()) {
                    tests.add(test(file, () -> product));
                } else {
                    setOtherwise.put(file, settings);
                }
            }
            asUsual.add(DynamicContainer.dynamicContainer(folder.getFileName().toString(), tests));
        }
        return Stream.concat(
                asUsual.stream(),
                Together.of(setOtherwise).stream()
                        .map(group -> DynamicContainer.dynamicContainer(
                                group.settings().toString(),
                                group.files().stream().map(file -> test(file, () -> other.with(group.settings()))))));
    }

    private interface Cast {
        Product product() throws IOException;
    }

    private static DynamicTest test(Path file, Cast cast) {
        var name = file.getFileName().toString().replace(".yaml", "").replace('-', ' ');
        return DynamicTest.dynamicTest(file.getParent().getFileName() + ": " + name, file.toUri(), () -> {
            var scenario = Scenario.read(file);
            scenario.play(cast.product());
        });
    }
}
