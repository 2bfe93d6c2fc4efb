package dev.usher.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SchemaCheckTest extends Spoiled {

    private static final Check CHECK = new SchemaCheck();

    SchemaCheckTest() {
        super(CHECK);
    }

    @Test
    void anUnknownStepIsFound() {
        sample.spoil(Sample.HELPER, "- log:", "- lag:");

        isFound(Sample.HELPER, "- lag:", "knows no 'lag'", "correct the name");
    }

    @Test
    void everyFaultOfAFileIsFoundAtOnce() {
        sample.spoil(Sample.ROUTE, "id: deliver-acme", "id: deliver-acme\n    logMsk: true")
                .spoil(Sample.ROUTE, "- log:", "- lag:")
                .spoil(Sample.ROUTE, "name: customer", "nam: customer");

        assertThat(CHECK.findings(sample.project()))
                .extracting(Finding::message)
                .containsExactlyInAnyOrder(
                        "route knows no 'logMsk'",
                        "a step knows no 'lag'",
                        "setVariable knows no 'nam'",
                        "setVariable needs 'name'");
    }

    @Test
    void anUnknownStepInAKameletIsFound() {
        sample.spoil(Sample.KAMELET, "removeHeaders:", "removeHeders:");

        isFound(Sample.KAMELET, "removeHeders", "knows no 'removeHeders'", "correct the name");
    }

    @Test
    void aRouteWithoutFromIsFound() {
        sample.spoil(Sample.HELPER, "    from:", "    group: a\n").write(Sample.HELPER, """
                - route:
                    id: record-outcome
                """);

        isFound(Sample.HELPER, "- route", "needs 'from'", "add from");
    }

    @Test
    void aQuotedBooleanIsFound() {
        sample.spoil(Sample.ROUTE, "id: deliver-acme", "id: deliver-acme\n    logMask: \"true\"");

        isFound(Sample.ROUTE, "logMask", "boolean expected", "unquoted");
    }

    @Test
    void aWholePlaceholderPassesForABoolean() {
        sample.spoil(Sample.ROUTE, "id: deliver-acme", "id: deliver-acme\n    logMask: \"{{usher.retries}}\"");

        nothingIsFound();
    }

    @Test
    void aStepInShortFormIsFound() {
        sample.spoil(Sample.HELPER, "- log:\n            message: recorded", "- log: recorded");

        isFound(Sample.HELPER, "- log", "object expected", "canonical form");
    }

    @Test
    void aLanguageOutsideExpressionIsFound() {
        sample.spoil(
                Sample.ROUTE,
                "- expression:\n                  simple:\n                    expression:",
                "- simple:\n                    expression:");

        isFound(Sample.ROUTE, "- simple:", "knows no 'simple'", "expression: {simple: {expression: …}}");
    }

    @Test
    void aLanguageInShortFormIsFound() {
        sample.spoil(Sample.POLICY, "constant:\n              expression: \"true\"", "constant: \"true\"");

        isFound(Sample.POLICY, "constant:", "object expected", "canonical form");
    }
}
