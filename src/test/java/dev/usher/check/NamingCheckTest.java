package dev.usher.check;

import org.junit.jupiter.api.Test;

class NamingCheckTest extends Spoiled {

    NamingCheckTest() {
        super(new NamingCheck());
    }

    @Test
    void aFileNamedOtherThanItsRouteIsFound() {
        sample.spoil(Sample.HELPER, "id: record-outcome", "id: write-outcome");

        isFound(Sample.HELPER, "main route is 'write-outcome'", "write-outcome.camel.yaml");
    }

    @Test
    void aFileThatIsNeverLoadedIsFound() {
        sample.write("routes/operations/notes.yaml", "a: b\n");

        isFound("routes/operations/notes.yaml", "does not load", "*.camel.yaml");
    }

    @Test
    void anEmptyFileIsFound() {
        sample.write("routes/operations/empty.camel.yaml", "# later\n");

        isFound("routes/operations/empty.camel.yaml", "holds no route", "delete it");
    }

    @Test
    void stepsOfARouteWithAPrefixMayShareAnId() {
        sample.spoil(Sample.ROUTE, "id: by-consent", "id: record")
                .spoil(Sample.HELPER, "message: recorded", "id: record\n            message: recorded")
                .spoil(Sample.ROUTE, "routeConfigurationId:", "nodePrefixId: acme-\n    routeConfigurationId:");

        nothingIsFound();
    }

    @Test
    void aSecondMainRouteIsFound() {
        sample.write(Sample.HELPER, """
                - route:
                    id: record-outcome
                    description: Writes the outcome of one delivery.
                    from:
                      uri: jms:queue:a
                - route:
                    id: count-outcomes
                    description: Counts the outcomes of a day.
                    from:
                      uri: jms:queue:b
                """);

        isFound(Sample.HELPER, "id: count-outcomes", "a second main route", "count-outcomes.camel.yaml");
    }

    @Test
    void anIdOfOneWordIsFound() {
        sample.delete(Sample.HELPER).write("routes/operations/outcome.camel.yaml", """
                - route:
                    id: outcome
                    description: Writes the outcome of one delivery.
                    from:
                      uri: direct:outcome
                """);

        isFound("routes/operations/outcome.camel.yaml", "id: outcome", "verb-noun", "for what it does");
    }

    @Test
    void aRouteWithoutDescriptionIsFound() {
        sample.spoil(Sample.HELPER, "    description: Writes the outcome of one delivery to the log.\n", "");

        isFound(Sample.HELPER, "id: record-outcome", "says no more than its id", "one sentence");
    }

    @Test
    void aDescriptionThatRepeatsTheIdIsFound() {
        sample.spoil(Sample.ROUTE, "Brings the customer at Acme up to date with the user.", "Deliver Acme");

        isFound(Sample.ROUTE, "description:", "says no more than its id", "one sentence");
    }

    @Test
    void aStepIdThatAnEditorMadeUpIsFound() {
        sample.spoil(Sample.ROUTE, "id: by-consent", "id: choice-3247");

        isFound(Sample.ROUTE, "choice-3247", "says nothing", "name the step");
    }

    @Test
    void anIdThatIsTakenIsFound() {
        sample.spoil(Sample.ROUTE, "id: by-consent", "id: record-outcome");

        isFound(Sample.HELPER, "id: record-outcome", "is taken by " + Sample.ROUTE + ":17", "another id");
    }
}
