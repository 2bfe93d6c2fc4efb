package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.Printed;
import dev.usher.event.Events;
import java.time.Duration;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

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

    /** Both the statement and the rollback fail when the connection is lost; Spring would tell the first with its stack trace. */
    @Test
    void aConnectionLostInATransactionIsToldWithoutAStackTrace(Product product) {
        product.reset();
        try (var printed = new Printed()) {
            var transaction = new TransactionTemplate(new Lost());

            assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                        throw new DataAccessResourceFailureException("the connection is gone");
                    }))
                    .isInstanceOf(TransactionSystemException.class);

            assertThat(printed.lines()).noneMatch(line -> line.startsWith("\tat "));
        }
    }

    /** Transactions whose connection is lost before they are rolled back. */
    private static final class Lost extends AbstractPlatformTransactionManager {

        @Override
        protected Object doGetTransaction() {
            return "a transaction";
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {
            // nothing to do
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            throw new AssertionError("it is not committed");
        }

        @Override
        protected void doRollback(DefaultTransactionStatus status) {
            throw new TransactionSystemException("the connection is gone as well");
        }
    }

    private static int heldBack(Product product) {
        return product.bean(EmbeddedActiveMQ.class)
                .getActiveMQServer()
                .locateQueue(Events.QUEUE)
                .getScheduledCount();
    }
}
