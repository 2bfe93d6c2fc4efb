package dev.usher.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.content.Fingerprints;
import dev.usher.delivery.Refused;
import dev.usher.sandbox.Sandbox;
import dev.usher.sandbox.SandboxPorts;
import dev.usher.watermark.EveryDatabase;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.JdbcTemplate;

/** How many values of mail are sent of one user, on every database. Two are allowed. */
class UserAddressTest {

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
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setVariable("subject", subject);
        exchange.setVariable("content", JsonNodeFactory.instance.objectNode().put("mail", mail));
        address.prepare(exchange);
        return exchange.getMessage().getBody(ObjectNode.class);
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
}
