package dev.usher.check;

import org.junit.jupiter.api.Test;

class KameletUseCheckTest extends Spoiled {

    KameletUseCheckTest() {
        super(new KameletUseCheck());
    }

    @Test
    void aKameletThatDoesNotExistIsFound() {
        sample.spoil(Sample.ROUTE, "kamelet:call-acme", "kamelet:call-acne");

        isFound(Sample.ROUTE, "call-acne", "no kamelet 'call-acne'", "call-acne.kamelet.yaml");
    }

    @Test
    void aParameterTheKameletDoesNotKnowIsFound() {
        sample.spoil(Sample.ROUTE, "path: /customers", "path: /customers\n                        pat: /x");

        isFound(Sample.ROUTE, "pat: /x", "knows no 'pat'", "path, apiKey");
    }

    @Test
    void aMissingParameterIsFound() {
        sample.spoil(Sample.ROUTE, "path: /customers\n                        ", "");

        isFound(Sample.ROUTE, "kamelet:call-acme", "needs 'path'", "add it to parameters");
    }
}
