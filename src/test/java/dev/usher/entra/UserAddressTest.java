package dev.usher.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.content.Fingerprints;
import dev.usher.delivery.Refused;
import dev.usher.sandbox.Sandbox;
import dev.usher.sandbox.SandboxPorts;
import dev.usher.sandbox.entra.SignUp;
import dev.usher.watermark.EveryDatabase;
import java.io.IOException;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is sent of a user's address: identities as a whole, and so many values of mail, on every database. Two are allowed. */
class UserAddressTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static Sandbox sandbox;
    private UserAddress address;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxPorts.random());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void open(DataSource database) {
        address = new UserAddress(
                SandboxDirectory.of(sandbox),
                Fingerprints.with("a key of at least 16 characters"),
                new JdbcTemplate(database),
                "mail",
                2);
    }

    private ObjectNode patch(String subject, String mail) throws Exception {
        return patchOf(subject, JsonNodeFactory.instance.objectNode().put("mail", mail));
    }

    private ObjectNode patchOf(String subject, ObjectNode content) throws Exception {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setVariable("subject", subject);
        exchange.setVariable("content", content);
        address.prepare(exchange);
        return exchange.getMessage().getBody(ObjectNode.class);
    }

    private static ObjectNode json(String text) throws IOException {
        return (ObjectNode) JSON.readTree(text);
    }

    /** Somebody who signs in with an address, by another provider, or with both, as the identities say. */
    private static String user(String identities) throws IOException {
        var tenant = sandbox.entra().tenant();
        var id = tenant.signUp(SignUp.of(json("{\"email\": \"" + UUID.randomUUID() + "@shop.test\"}")));
        var answer = tenant.change(
                id,
                json("{\"identities\": [" + identities
                        + identity(
                                "userPrincipalName",
                                "contosocustomers.onmicrosoft.com",
                                id + "@contosocustomers.onmicrosoft.com")
                        + "]}"));
        assertThat(answer.status()).isEqualTo(204);
        return id;
    }

    private static String identity(String type, String issuer, String assigned) {
        return "{\"signInType\": \"" + type + "\", \"issuer\": \"" + issuer + "\", \"issuerAssignedId\": \"" + assigned
                + "\"}";
    }

    private static String mailOf(String name) {
        return identity("emailAddress", "contosocustomers.onmicrosoft.com", name + "@shop.test");
    }

    @EveryDatabase
    void theSameValueAgainIsNoFurtherOne() throws Exception {
        patch("ada", "one@example.org");
        patch("ada", "two@example.org");

        assertThat(patch("ada", "One@example.org").path("mail").asText()).isEqualTo("One@example.org");
        assertThat(patch("bob", "one@example.org").path("mail").asText()).isEqualTo("one@example.org");
    }

    @EveryDatabase
    void oneTooManyIsRefusedBeforeTheCallAlsoByAnotherNode() throws Exception {
        patch("ada", "one@example.org");
        patch("ada", "two@example.org");

        assertThatThrownBy(() -> patch("ada", "three@example.org"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("2 different values");
        assertThat(patch("ada", null).has("mail")).isTrue();
    }

    @EveryDatabase
    void ofTheIdentitiesOneAddressIsExchangedAndAllOthersAreKept() throws Exception {
        var federated = identity("federated", "google.com", UUID.randomUUID().toString());
        var second = mailOf(UUID.randomUUID().toString());
        var id = user(mailOf(UUID.randomUUID().toString()) + "," + federated + "," + second + ",");

        var patch = patchOf(id, json("{\"signInAddress\": \"augusta@shop.test\"}"));

        assertThat(patch)
                .isEqualTo(json("{\"identities\": [" + mailOf("augusta") + "," + federated + "," + second + ","
                        + identity(
                                "userPrincipalName",
                                "contosocustomers.onmicrosoft.com",
                                id + "@contosocustomers.onmicrosoft.com")
                        + "]}"));
    }

    @EveryDatabase
    void aUserNameThatWasJustWrittenIsNotSetBackByTheIdentities() throws Exception {
        var id = user(mailOf(UUID.randomUUID().toString()) + ",");

        var patch = patchOf(
                id,
                json(
                        "{\"signInAddress\": \"new@shop.test\", \"userPrincipalName\": \"ada@contosocustomers.onmicrosoft.com\"}"));

        assertThat(patch.at("/identities/1/signInType").asText()).isEqualTo("userPrincipalName");
        assertThat(patch.at("/identities/1/issuerAssignedId").asText())
                .isEqualTo("ada@contosocustomers.onmicrosoft.com");
    }

    @EveryDatabase
    void whoSignsInByAnotherProviderIsNotGivenAnAddressToSignInWith() throws Exception {
        var id = user(identity("federated", "google.com", UUID.randomUUID().toString()) + ",");

        var patch = patchOf(id, json("{\"signInAddress\": \"augusta@shop.test\", \"mail\": \"augusta@shop.test\"}"));

        assertThat(patch).isEqualTo(json("{\"mail\": \"augusta@shop.test\"}"));
    }

    @EveryDatabase
    void anAddressThatIsThereInOtherLettersIsNotWritten() throws Exception {
        var name = UUID.randomUUID().toString();
        var id = user(mailOf(name) + ",");

        assertThat(patchOf(id, json("{\"signInAddress\": \"" + name + "@SHOP.test\"}")))
                .isEmpty();
    }
}
