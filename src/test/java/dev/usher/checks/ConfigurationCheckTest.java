package dev.usher.checks;

import org.junit.jupiter.api.Test;

class ConfigurationCheckTest extends Spoiled {

    ConfigurationCheckTest() {
        super(new ConfigurationCheck());
    }

    @Test
    void aSettingThatNothingExplainsIsFound() {
        sample.spoil(Sample.SETTINGS, "  # How often a failed call is tried again at once, 0 to 5.\n", "");

        isFound(Sample.SETTINGS, "retries:", "no comment says what usher.retries means", "its unit");
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
