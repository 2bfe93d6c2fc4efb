package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.event.Events;
import dev.usher.event.IdentityEvent;
import dev.usher.event.Urgency;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jms.core.JmsTemplate;

/** What is not urgent as an event is not urgent for any destination. */
@ExtendWith(RunningUsher.class)
class PriorityTest {

    private static final String DESTINATION = "salesforce";

    @ParameterizedTest
    @EnumSource
    void aDeliveryHasThePriorityOfItsEvent(Urgency urgency, Product product) {
        product.reset();
        var stage = new Stage(product);
        product.hold(DESTINATION);
        try {
            stage.signUp("ada", JsonNodeFactory.instance.objectNode().put("email", "ada@example.org"));
            var event = new IdentityEvent("1", "/import", "user.created", stage.id("ada"), Instant.now(), null);

            product.bean(Events.class).publish(List.of(event), urgency);

            var queue = new JmsTemplate(product.bean(ConnectionFactory.class));
            var waiting = Awaitility.await()
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> waiting(queue), messages -> !messages.isEmpty());
            assertThat(waiting)
                    .singleElement()
                    .satisfies(message -> assertThat(message.getJMSPriority()).isEqualTo(urgency.priority()));
        } finally {
            product.reset();
        }
    }

    private static List<Message> waiting(JmsTemplate queue) {
        return queue.browse("deliver." + DESTINATION, (session, browser) -> {
            List<?> found = Collections.list(browser.getEnumeration());
            return found.stream().map(Message.class::cast).toList();
        });
    }
}
