package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A site that registers invited people only, wakes their contacts, and believes Dataverse about their names. */
class PortalRegistrationTest {

    private static final String INVITED = "c0ffee00-0000-4000-8000-000000000001";
    private static Product product;

    private Stage stage;

    @BeforeAll
    static void start() throws Exception {
        product = Product.start(
                "portal-registration",
                Map.of(
                        "usher.destinations.dataverse.registration", "invitation-only",
                        "usher.destinations.dataverse.reactivate", "true",
                        "usher.authority.names", "dataverse"));
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

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }

    private void signUp() throws Exception {
        stage.signUp(
                "ada", json("{\"email\": \"ada@example.org\", \"givenName\": \"Ada\", \"surname\": \"Lovelace\"}"));
        product.quiet();
    }

    @Test
    void whoWasNotInvitedIsSkippedWithTheRule() throws Exception {
        signUp();

        var rows = stage.deliveries("ada", "dataverse");
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0))
                .containsEntry("outcome", "skipped")
                .containsEntry("reason", "no contact, and registration is by invitation only");
        assertThat(product.sandbox().dataverse().records()).isEmpty();
    }

    @Test
    void whoIsInvitedLaterIsLetInWhenTheContactIsTheirs() throws Exception {
        signUp();
        product.pollContacts();

        redeem();
        product.pollContacts();
        product.quiet();

        assertThat(stage.deliveries("ada", "dataverse"))
                .extracting(row -> row.get("outcome"))
                .containsExactly("skipped", "created");
        assertThat(stage.projection("ada", "dataverse"))
                .containsEntry("state", "CURRENT")
                .containsEntry("remote_id", INVITED);
        assertThat(product.sandbox().dataverse().records()).hasSize(2);
        assertThat(stage.deliveries("ada", "stripe")).hasSize(1);
    }

    /** The portal writes whose contact it is when an invitation is redeemed. */
    private void redeem() throws Exception {
        product.control(
                "POST",
                "/contacts",
                json("{\"contactid\": \"" + INVITED + "\", \"firstname\": \"Ada\", \"lastname\": \"Lovelace\","
                        + " \"emailaddress1\": \"ada@example.org\", \"adx_identity_username\": \"" + stage.id("ada")
                        + "\"}"));
    }

    @Test
    void whoWasInvitedGetsTheContactAwakeWithItsNames() throws Exception {
        product.control(
                "POST",
                "/contacts",
                json("{\"contactid\": \"" + INVITED
                        + "\", \"lastname\": \"Byron\", \"emailaddress1\": \"ada@example.org\","
                        + " \"statecode\": 1}"));
        signUp();

        var records = product.sandbox().dataverse().records();
        assertThat(records).hasSize(2);
        assertThat(records.get(0).get("lastname").textValue()).isEqualTo("Byron");
        assertThat(records.get(0).get("statecode").intValue()).isZero();
        assertThat(records.get(0).get("adx_identity_username").textValue()).isEqualTo(stage.id("ada"));
        assertThat(records.get(1).get("_adx_contactid_value").textValue()).isEqualTo(INVITED);
    }
}
