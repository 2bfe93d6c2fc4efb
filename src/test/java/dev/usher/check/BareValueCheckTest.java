package dev.usher.check;

import org.junit.jupiter.api.Test;

class BareValueCheckTest extends Spoiled {

    BareValueCheckTest() {
        super(new BareValueCheck());
    }

    @Test
    void aBareLimitIsFound() {
        sample.spoil(Sample.ROUTE, "\"{{usher.destinations.acme.concurrent}}\"", "8");

        isFound(Sample.ROUTE, "concurrentConsumers", "the bare value 8", "make it a setting");
    }

    @Test
    void aBareTimeOutIsFound() {
        sample.spoil(Sample.KAMELET, "\"{{usher.destinations.acme.time-out}}\"", "15s");

        isFound(Sample.KAMELET, "responseTimeout", "the bare value 15s", "make it a setting");
    }

    @Test
    void aBareNumberOfTriesIsFound() {
        sample.spoil(Sample.POLICY, "\"{{usher.retries}}\"", "2");

        isFound(Sample.POLICY, "maximumRedeliveries", "the bare value 2", "{{its key}}");
    }

    @Test
    void noTriesAtAllNeedsNoSetting() {
        sample.spoil(Sample.POLICY, "\"{{usher.retries}}\"", "0");

        nothingIsFound();
    }

    @Test
    void aBareScheduleIsFound() {
        sample.spoil(
                Sample.HELPER,
                "uri: direct:record-outcome",
                "uri: quartz:a/b\n      parameters:\n        cron: 0/5 * * * * ?");

        isFound(Sample.HELPER, "cron:", "the bare value 0/5", "make it a setting");
    }

    @Test
    void aBareRateIsFound() {
        sample.spoil(
                Sample.HELPER,
                "- log:\n            message: recorded",
                "- throttle:\n            expression: {constant: {expression: 25}}");

        isFound(Sample.HELPER, "- throttle", "the bare value 25", "{{its key}}");
    }

    @Test
    void aWebAddressIsFound() {
        sample.spoil(Sample.KAMELET, "\"{{usher.destinations.acme.url}}{{path}}\"", "https://api.acme.test");

        isFound(Sample.KAMELET, "https:", "a web address", "make it a setting");
    }

    @Test
    void aSecretParameterIsFound() {
        sample.spoil(Sample.ROUTE, "\"{{usher.destinations.acme.api-key}}\"", "abc");

        isFound(Sample.ROUTE, "apiKey", "the secret 'apiKey'", "{{its key}}");
    }

    @Test
    void aTextThatLooksLikeASecretIsFound() {
        sample.spoil(Sample.MAPPING, ".displayName", "\"sk_" + "live_4eC39H\"");

        isFound(Sample.MAPPING, "4eC39H", "looks like a secret", "revoke it");
    }
}
