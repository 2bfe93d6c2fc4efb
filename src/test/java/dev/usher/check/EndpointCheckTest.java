package dev.usher.check;

import org.junit.jupiter.api.Test;

class EndpointCheckTest extends Spoiled {

    private static final Check CHECK = new EndpointCheck();

    EndpointCheckTest() {
        super(CHECK);
    }

    @Test
    void anUnknownComponentIsFound() {
        sample.spoil(Sample.ROUTE, "uri: jms:queue", "uri: jsm:queue");

        isFound(Sample.ROUTE, "jsm:queue", "no component understands", "before the colon");
    }

    @Test
    void anUnknownOptionIsFound() {
        sample.spoil(Sample.ROUTE, "transacted: true", "transactd: true");

        isFound(Sample.ROUTE, "transactd", "'transactd' is no option of jms", "correct the name");
    }

    @Test
    void anOptionThatHttpWouldSendToTheVendorIsFound() {
        sample.spoil(Sample.KAMELET, "responseTimeout:", "responseTimeot:");

        isFound(Sample.KAMELET, "responseTimeot", "'responseTimeot' is no option of https", "header or in the path");
    }

    @Test
    void aWrongTypeIsFound() {
        sample.spoil(Sample.ROUTE, "\"{{usher.destinations.acme.concurrent}}\"", "many");

        isFound(Sample.ROUTE, "concurrentConsumers", "cannot be 'many'", "the option's type");
    }

    @Test
    void aWrongChoiceIsFound() {
        sample.spoil(Sample.ROUTE, "transacted: true", "deliveryMode: 3");

        isFound(Sample.ROUTE, "deliveryMode", "cannot be '3'", "the option's type");
    }
}
