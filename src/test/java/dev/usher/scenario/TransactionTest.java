package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.component.jms.JmsConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jms.listener.DefaultMessageListenerContainer;

/** What a route consumes and sends is one transaction; without that a kill loses what the consumers hold. */
@ExtendWith(RunningUsher.class)
class TransactionTest {

    @Test
    void everyRouteThatConsumesAQueueDoesSoInATransactionOfItsSession(Product usher) {
        var consumers = usher.camel().getRoutes().stream()
                .filter(route -> route.getConsumer() instanceof JmsConsumer)
                .toList();

        assertThat(consumers).hasSizeGreaterThanOrEqualTo(5);
        assertThat(consumers).allSatisfy(route -> {
            var container =
                    (DefaultMessageListenerContainer) ((JmsConsumer) route.getConsumer()).getListenerContainer();
            assertThat(container.isSessionTransacted()).as(route.getId()).isTrue();
            assertThat(container.getCacheLevel())
                    .as(route.getId())
                    .isEqualTo(DefaultMessageListenerContainer.CACHE_CONSUMER);
        });
    }
}
