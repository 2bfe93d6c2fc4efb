package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.event.Events;
import java.time.Duration;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Trouble of Usher's own database says nothing of the message that meets it. */
@ExtendWith(RunningUsher.class)
class OwnDatabaseTest {

    @Test
    void aMessageThatMeetsATroubleOfUshersOwnDatabaseIsRepeatedByTheBrokerAndUsesUpNoTry(Product product)
            throws Exception {
        product.reset();
        var stage = new Stage(product);
        stage.signUp("ada", new ObjectMapper().readTree("{\"email\": \"ada@example.org\", \"givenName\": \"Ada\"}"));
        product.quiet();
        stage.begin();
        product.database().execute("alter table departure rename to departure_away");
        try {
            product.control("DELETE", "/users/" + stage.id("ada"), null);
            product.poll();
            await("the broker holds the message back")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> heldBack(product) > 0);
        } finally {
            product.database().execute("alter table departure_away rename to departure");
        }
        product.quiet();

        assertThat(product.database().queryForList("select reason from dead_letter"))
                .isEmpty();
        assertThat(stage.deliveries("ada", "router")).isEmpty();
        assertThat(stage.deliveries("ada", "stripe")).singleElement().satisfies(row -> {
            assertThat(row.get("outcome")).isEqualTo("updated");
            assertThat(row.get("attempt")).isEqualTo(1);
        });
    }

    private static int heldBack(Product product) {
        return product.bean(EmbeddedActiveMQ.class)
                .getActiveMQServer()
                .locateQueue(Events.QUEUE)
                .getScheduledCount();
    }
}
