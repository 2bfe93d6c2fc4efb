package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dataverse, which says names here, is down or refuses: nobody but those who have a contact must wait for it. */
class DataverseOutageTest {

    private static final Duration SOON = Duration.ofSeconds(25);
    private static Product product;

    private Stage stage;

    @BeforeAll
    static void start() throws IOException {
        product = Product.start(
                "dataverse-outage",
                Map.of("usher.authority.names", "dataverse", "usher.destinations.dataverse.enabled", "false"));
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @BeforeEach
    void reset() {
        product.reset();
        stage = new Stage(product);
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    private void signUp(String name) throws IOException {
        stage.signUp(
                name,
                json("{\"email\": \"" + name + "@example.org\", \"givenName\": \"Ada\", \"surname\": \"Lovelace\"}"));
    }

    /** A contact of this user whose change no webhook tells. */
    private void contact(String name) throws IOException {
        stage.contact(
                name + "s",
                json("{\"firstname\": \"Augusta\", \"lastname\": \"King\", \"emailaddress1\": \"" + name
                        + "@example.org\", \"adx_identity_username\": \"" + stage.id(name) + "\"}"),
                "?webhook=false");
    }

    private static void fault(String fault) throws IOException {
        product.control("PUT", "/systems/dataverse/faults", json(fault));
    }

    private static void heal() {
        product.control("DELETE", "/systems/dataverse/faults", null);
    }

    private static List<String> customers() {
        return product.sandbox().system("stripe").records().stream()
                .map(record -> record.path("name").asText())
                .toList();
    }

    private static List<String> unread() {
        return product.database().queryForList("select subject from unread_contact", String.class);
    }

    private void assertNothingIsParked() {
        assertThat(product.database().queryForList("select reason from dead_letter", String.class))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\": 503}",
                "{\"status\": 500}",
                "{\"status\": 403}",
                "{\"status\": 400}",
                "{\"cut\": \"before\"}",
                "{\"malformed\": true}"
            })
    void signUpsReachTheOthers(String fault) throws IOException {
        fault(fault);

        signUp("ada");
        product.quiet();
        signUp("bob");
        product.quiet();

        assertThat(customers()).containsExactly("Ada Lovelace", "Ada Lovelace");
        assertThat(stage.deliveries("ada", "router")).isEmpty();
        assertThat(stage.deliveries("ada", "sql")).hasSize(1);
        assertThat(unread()).containsExactlyInAnyOrder(stage.id("ada"), stage.id("bob"));
        assertNothingIsParked();
    }

    @Test
    void aPauseThatDataverseAskedForIsKeptAndHoldsUpNoSignUp() throws IOException {
        fault("{\"status\": 429, \"retryAfter\": 60}");

        signUp("ada");
        product.quiet();
        signUp("bob");
        product.quiet();

        assertThat(customers()).hasSize(2);
        assertThat(product.sandbox().system("dataverse").calls()).hasSize(1);
    }

    @Test
    void whoHasAContactIsLookedAtAgainOnceDataverseAnswersAndNobodyElse() throws IOException {
        fault("{\"status\": 403}");
        signUp("ada");
        signUp("bob");
        contact("ada");
        product.quiet();
        assertThat(customers()).containsExactly("Ada Lovelace", "Ada Lovelace");
        product.lookAgainAtContacts();
        assertThat(unread()).hasSize(2);
        stage.begin();

        heal();
        await("the contact is read").atMost(SOON).until(() -> {
            product.lookAgainAtContacts();
            return unread().isEmpty();
        });
        product.quiet();

        assertThat(customers()).containsExactlyInAnyOrder("Augusta King", "Ada Lovelace");
        assertThat(stage.deliveries("ada", "stripe")).hasSize(1);
        assertThat(stage.deliveries("bob", "stripe")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"status\": 503}", "{\"status\": 403}"})
    void whoHasAContactWaitsAndIsNeverParked(String fault) throws IOException {
        signUp("ada");
        contact("ada");
        product.quiet();
        product.pollContacts();
        product.control(
                "PATCH", "/contacts/" + stage.contactId("adas") + "?webhook=false", json("{\"lastname\": \"Byron\"}"));
        product.pollContacts();
        product.quiet();
        stage.begin();

        fault(fault);
        product.control("PATCH", "/users/" + stage.id("ada"), json("{\"customerType\": \"business\"}"));
        await("ada waits").atMost(SOON).until(() -> {
            product.poll();
            return !stage.deliveries("ada", "router").isEmpty();
        });
        signUp("bob");
        await("bob arrives").atMost(SOON).until(() -> {
            product.poll();
            return customers().contains("Ada Lovelace");
        });
        assertThat(stage.deliveries("ada", "stripe")).isEmpty();
        assertThat(unread()).containsExactly(stage.id("bob"));

        heal();
        product.quiet();

        assertThat(stage.deliveries("ada", "router"))
                .extracting(row -> row.get("outcome"))
                .containsOnly("retrying");
        assertThat(stage.deliveries("ada", "sql")).hasSize(1);
        assertThat(customers()).containsExactlyInAnyOrder("Augusta Byron", "Ada Lovelace");
        assertNothingIsParked();
    }

    @Test
    void theChangeOfAContactWaitsToo() throws IOException {
        signUp("ada");
        product.quiet();
        product.registerWebhook();
        fault("{\"status\": 403, \"path\": \"/contacts\"}");
        stage.contact(
                "adas",
                json("{\"firstname\": \"Augusta\", \"lastname\": \"King\", \"adx_identity_username\": \""
                        + stage.id("ada") + "\"}"),
                "");
        await("it waits")
                .atMost(SOON)
                .until(() -> !stage.deliveries("adas", "router").isEmpty());

        heal();
        product.quiet();

        assertThat(customers()).containsExactly("Augusta King");
        assertNothingIsParked();
    }
}
