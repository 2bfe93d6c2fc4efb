package dev.usher.check;

import org.junit.jupiter.api.Test;

class DestinationCheckTest extends Spoiled {

    private static final String FOLDER = "routes/destinations/acme";

    DestinationCheckTest() {
        super(new DestinationCheck());
    }

    @Test
    void aDestinationWithoutRouteIsFound() {
        sample.delete(Sample.ROUTE);

        isFound(FOLDER, "no route", "deliver-acme.camel.yaml");
    }

    @Test
    void aDestinationWithoutMappingIsFound() {
        sample.delete(Sample.MAPPING);

        isFound(FOLDER, "no mapping", "add a .jq file");
    }

    @Test
    void aDestinationWithoutScenarioIsFound() {
        sample.delete(Sample.SCENARIO);

        isFound(FOLDER, "no scenario", "src/test/scenarios/acme/");
    }
}
