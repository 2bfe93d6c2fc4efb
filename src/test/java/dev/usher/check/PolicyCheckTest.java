package dev.usher.check;

import org.junit.jupiter.api.Test;

class PolicyCheckTest extends Spoiled {

    private static final String CLEAN = "        - removeHeaders:\n            pattern: \"*\"\n";

    PolicyCheckTest() {
        super(new PolicyCheck());
    }

    @Test
    void aConsumerWithoutPolicyIsFound() {
        sample.spoil(Sample.ROUTE, "    routeConfigurationId: deliver-or-park\n", "");

        isFound(Sample.ROUTE, "id: deliver-acme", "names no routeConfigurationId", "[deliver-or-park]");
    }

    @Test
    void aPolicyThatDoesNotExistIsFound() {
        sample.spoil(Sample.ROUTE, "deliver-or-park", "deliver-or-pork");

        isFound(Sample.ROUTE, "deliver-or-pork", "no routeConfiguration", "[deliver-or-park]");
    }

    @Test
    void aHelperThatHandlesFailuresItselfIsFound() {
        sample.spoil(Sample.HELPER, "    errorHandler:\n      noErrorHandler: {}\n", "");

        isFound(Sample.HELPER, "from:", "handles failures itself", "noErrorHandler: {}");
    }

    @Test
    void aKameletThatPassesHeadersOnIsFound() {
        sample.spoil(Sample.KAMELET, CLEAN, "");

        isFound(Sample.KAMELET, "- setHeader", "headers of the message reach the vendor", "removeHeaders");
    }

    @Test
    void removingHeadersAfterSettingThemIsFound() {
        sample.spoil(Sample.KAMELET, CLEAN, "").spoil(Sample.KAMELET, "        - to:", CLEAN + "        - to:");

        isFound(Sample.KAMELET, "- setHeader", "headers of the message reach the vendor", "begin with");
    }

    @Test
    void removingOnlySomeHeadersIsFound() {
        sample.spoil(Sample.KAMELET, "pattern: \"*\"", "pattern: Camel*");

        isFound(Sample.KAMELET, "- setHeader", "headers of the message reach the vendor", "begin with");
    }
}
