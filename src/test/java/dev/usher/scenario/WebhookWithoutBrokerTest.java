package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The broker is down while a contact changes: nothing is accepted, and nothing is lost. */
class WebhookWithoutBrokerTest {

    private static final String CHANGE = """
            {"MessageName": "Update", "PrimaryEntityName": "contact", "PrimaryEntityId": "c0ffee00-0000-4000-8000-000000000001"}""";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static Product product;

    @BeforeAll
    static void start() throws Exception {
        product = Product.start("webhook-without-broker", Map.of("usher.destinations.salesforce.enabled", "false"));
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @Test
    void theWebhookWasCalledOnceBeforeItWasReady() {
        var refused = product.bean(MeterRegistry.class)
                .find("http.server.requests")
                .tag("status", "400")
                .timer();

        assertThat(refused).isNotNull();
        assertThat(refused.count()).isOne();
    }

    @Test
    void theWebhookIsRefusedAndTheRowIsCaughtByChangeTracking() throws Exception {
        product.reset();
        var stage = new Stage(product);
        stage.signUp(
                "ada",
                JSON.readTree("{\"email\": \"ada@example.org\", \"givenName\": \"Ada\", \"surname\": \"King\"}"));
        product.quiet();
        product.registerWebhook();
        product.pollContacts();
        product.quiet();
        var broker = product.bean(EmbeddedActiveMQ.class).getActiveMQServer();

        broker.stop();
        product.control("PATCH", "/contacts/" + contactId(), JSON.readTree("{\"firstname\": \"Augusta\"}"));
        var answer = product.call(
                product.hook(),
                "POST",
                CHANGE,
                Map.of("Content-Type", "application/json", "x-usher-secret", Product.NEW_SECRET));
        broker.start();
        product.pollContacts();
        product.quiet();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body().path("error").asText()).isEqualTo("it cannot be taken now, send it again");
        assertThat(product.sandbox().stripe().records())
                .singleElement()
                .satisfies(
                        customer -> assertThat(customer.path("name").asText()).isEqualTo("Augusta King"));
        assertThat(product.sandbox().entra().records().get(0).path("givenName").asText())
                .isEqualTo("Augusta");
    }

    private static String contactId() {
        return product.sandbox().dataverse().records().get(0).path("contactid").asText();
    }
}
