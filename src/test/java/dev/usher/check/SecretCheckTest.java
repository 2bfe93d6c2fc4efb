package dev.usher.check;

import org.junit.jupiter.api.Test;

class SecretCheckTest extends Spoiled {

    SecretCheckTest() {
        super(new SecretCheck());
    }

    @Test
    void aSecretInAFileIsFound() {
        sample.spoil(Sample.SETTINGS, "${ACME_API_KEY:}", "abc");

        isFound(Sample.SETTINGS, "api-key:", "the secret usher.destinations.acme.api-key stands in", "ENVIRONMENT");
    }

    @Test
    void aSecretAsDefaultOfAVariableIsFound() {
        sample.spoil(Sample.SETTINGS, "${ACME_API_KEY:}", "${ACME_API_KEY:abc}");

        isFound(Sample.SETTINGS, "api-key:", "the secret usher.destinations.acme.api-key stands in", "ENVIRONMENT");
    }
}
