package dev.usher.check;

import org.junit.jupiter.api.Test;

class PlaceholderCheckTest extends Spoiled {

    PlaceholderCheckTest() {
        super(new PlaceholderCheck());
    }

    @Test
    void aSettingThatDoesNotExistIsFound() {
        sample.spoil(Sample.POLICY, "{{usher.retries}}", "{{usher.retrys}}");

        isFound(Sample.POLICY, "{{usher.retrys}}", "no setting 'usher.retrys'", "config/");
    }

    @Test
    void aSettingOfOneProfileOnlyIsFound() {
        sample.spoil(Sample.SETTINGS, "  retries: 2\n", "")
                .write("config/application-sandbox.yaml", "usher:\n  retries: 2\n");

        isFound(Sample.POLICY, "{{usher.retries}}", "no setting 'usher.retries'", "config/");
    }

    @Test
    void aSettingInsideALongTextIsFoundOnItsLine() {
        sample.spoil(
                Sample.HELPER, "message: recorded", "message: |\n              recorded\n              {{nowhere}}");

        isFound(Sample.HELPER, "{{nowhere}}", "no setting 'nowhere'", "config/");
    }

    @Test
    void thePropertyOfAKameletIsNoSettingElsewhere() {
        sample.spoil(Sample.ROUTE, "path: /customers", "path: \"{{path}}\"");

        isFound(Sample.ROUTE, "{{path}}", "no setting 'path'", "config/");
    }

    @Test
    void aSecretWithADefaultIsFound() {
        sample.spoil(Sample.ROUTE, "api-key}}", "api-key:none}}");

        isFound(Sample.ROUTE, "api-key:none", "has a default", "{{usher.destinations.acme.api-key}}");
    }
}
