package dev.usher.check;

import org.junit.jupiter.api.Test;

class ReferenceCheckTest extends Spoiled {

    ReferenceCheckTest() {
        super(new ReferenceCheck());
    }

    @Test
    void aMissingMappingIsFound() {
        sample.delete(Sample.MAPPING);

        isFound(Sample.ROUTE, "customer.jq", "no file", "correct the path");
    }

    @Test
    void aMissingStatementIsFound() {
        sample.delete(Sample.STATEMENT);

        isFound(Sample.ROUTE, "upsert.sql", "no file", "add the file");
    }
}
