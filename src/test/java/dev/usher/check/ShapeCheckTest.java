package dev.usher.check;

import org.junit.jupiter.api.Test;

class ShapeCheckTest extends Spoiled {

    private static final String LOG = "        - log:\n            message: recorded\n";

    ShapeCheckTest() {
        super(new ShapeCheck());
    }

    @Test
    void aLongFileIsFound() {
        sample.write(Sample.HELPER, sample.read(Sample.HELPER) + LOG.repeat(26));

        sample.spoil(Sample.HELPER, "id: record-outcome", "id: record-outcome\n    # line 4 of 63");

        isFound(Sample.HELPER, 61, "63 lines, more than 60", "waiver");
    }

    @Test
    void aRouteTemplateIsFound() {
        sample.spoil(Sample.HELPER, "- route:", "- routeTemplate:");

        isFound(Sample.HELPER, "- routeTemplate", "not used here", "kamelet");
    }

    @Test
    void aCircuitBreakerIsFound() {
        sample.spoil(Sample.HELPER, "- log:\n            message: recorded", "- circuitBreaker: {}");

        isFound(Sample.HELPER, "circuitBreaker", "not used here", "pause its consumers");
    }

    @Test
    void groovyIsFound() {
        sample.spoil(Sample.ROUTE, "simple:", "groovy:");

        isFound(Sample.ROUTE, "groovy:", "not used here", "a bean with a unit test");
    }

    @Test
    void aChoiceWithinAChoiceIsFound() {
        sample.spoil(Sample.ROUTE, "- log:\n", "- choice: {}\n                - log:\n");

        isFound(Sample.ROUTE, "- choice: {}", "a choice within a choice", "direct: route");
    }

    @Test
    void keysInAnotherOrderAreFound() {
        sample.spoil(Sample.HELPER, "    id: record-outcome\n", "")
                .spoil(Sample.HELPER, "to the log.\n", "to the log.\n    id: record-outcome\n");

        isFound(Sample.HELPER, "description:", "[description, id", "write id, description, from");
    }

    @Test
    void aStepWhoseIdIsNotFirstIsFound() {
        sample.spoil(
                Sample.ROUTE,
                "id: call\n                      uri: kamelet:call-acme",
                "uri: kamelet:call-acme\n                      id: call");

        isFound(Sample.ROUTE, "id: call", "[uri, id, parameters]", "id first");
    }

    @Test
    void parametersGluedToTheUriAreFound() {
        sample.spoil(Sample.HELPER, "uri: direct:record-outcome", "uri: direct:record-outcome?block=true");

        isFound(Sample.HELPER, "?block", "glued", "under parameters:");
    }
}
