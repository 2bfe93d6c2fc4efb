package dev.usher.scenario;

import dev.usher.scenario.RunningUsher.BelievesContacts;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Plays those files under {@code src/test/scenarios} that say {@code believed: dataverse}; see {@link ScenarioTest}. */
@ExtendWith(RunningUsher.class)
class ContactScenarioTest {

    private static final OtherProduct OTHER = new OtherProduct(Product::start);

    @AfterAll
    static void stop() {
        OTHER.close();
    }

    @TestFactory
    Stream<DynamicNode> scenarios(@BelievesContacts Product product) throws IOException {
        return ScenarioTest.scenarios(product, OTHER, "dataverse");
    }
}
