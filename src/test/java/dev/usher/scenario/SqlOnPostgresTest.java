package dev.usher.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the SQL destination must withstand on H2 it must withstand on PostgreSQL, with the statement that is for it. */
@RunningUsher.OnPostgres
class SqlOnPostgresTest extends DestinationContractTest {

    private static final Path SCENARIOS = Path.of("src/test/scenarios");
    private static final OtherProduct OTHER = new OtherProduct(RunningUsher::startOnPostgres);

    @AfterAll
    static void stop() {
        OTHER.close();
    }

    @Override
    List<Contract> destinations() throws IOException {
        return List.of(Contract.of("sql"));
    }

    /** Not again: it is no matter of the database. */
    @Override
    void whatIsSwitchedOffIsSkippedAndSaysSo() {}

    @TestFactory
    Stream<DynamicTest> scenarios(Product product) throws IOException {
        return new ScenarioFolder(SCENARIOS, "")
                .files(SCENARIOS.resolve("sql")).stream()
                        .map(file -> DynamicTest.dynamicTest(
                                file.getFileName().toString(),
                                file.toUri(),
                                () -> ScenarioFolder.play(file, product, OTHER)));
    }
}
