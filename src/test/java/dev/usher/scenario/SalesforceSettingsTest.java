package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.sandbox.salesforce.Org;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The settings of Salesforce that the sandbox's profile does not use: a signed assertion, no state field, duplicates. */
class SalesforceSettingsTest {

    private static Product product;

    @BeforeAll
    static void start() throws IOException {
        product = Product.start(
                "salesforce-settings",
                Map.of(
                        "usher.tokens.salesforce.client-secret", "",
                        "usher.tokens.salesforce.private-key-file",
                                "src/test/resources/sandbox/usher-sandbox-only.key.pem",
                        "usher.tokens.salesforce.username", Org.USER,
                        "usher.destinations.salesforce.state-field", "",
                        "usher.destinations.salesforce.allow-duplicates", "true"));
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @BeforeEach
    void reset() {
        product.reset();
    }

    @Test
    void aSignedAssertionOpensTheSession() {
        product.control("POST", "/systems/salesforce/end-sessions", null);

        signUp();

        assertThat(contacts()).hasSize(1);
        assertThat(product.control("GET", "/systems/salesforce/calls", null).findValuesAsText("body"))
                .anyMatch(body -> body.contains("jwt-bearer") && body.contains("assertion="));
    }

    @Test
    void withoutAStateFieldADisabledOrDeletedUserCostsNoCall() {
        var stage = signUp();
        product.sandbox().system("salesforce").forgetCalls();

        product.control(
                "PATCH",
                "/users/" + stage.id("ada"),
                JsonNodeFactory.instance.objectNode().put("accountEnabled", false));
        product.quiet();
        product.control("DELETE", "/users/" + stage.id("ada"), null);
        product.quiet();

        assertThat(product.sandbox().system("salesforce").calls()).isEmpty();
        assertThat(contacts().get(0).path("LastName").asText()).isEqualTo("Lovelace");
        assertThat(contacts().get(0).path(Org.STATE).isNull()).isTrue();
        assertThat(stage.deliveries("ada", "salesforce"))
                .extracting(row -> row.get("outcome"))
                .containsExactly("created", "unchanged", "unchanged");
    }

    @Test
    void whereTheRuleOnlyAlertsADuplicateIsSaved() {
        var object = JsonNodeFactory.instance.objectNode();
        product.control("PUT", "/systems/salesforce/settings", object.deepCopy().put("duplicates", "alert"));
        product.control(
                "POST",
                "/systems/salesforce/contacts",
                object.deepCopy().put("LastName", "Byron").put("Email", "ada@example.org"));

        signUp();

        assertThat(contacts().findValuesAsText("LastName")).containsExactly("Byron", "Lovelace");
    }

    private static JsonNode contacts() {
        return product.control("GET", "/systems/salesforce/records", null);
    }

    private static Stage signUp() {
        var stage = new Stage(product);
        stage.signUp(
                "ada",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("email", "ada@example.org")
                        .put("givenName", "Ada")
                        .put("surname", "Lovelace"));
        product.quiet();
        return stage;
    }
}
