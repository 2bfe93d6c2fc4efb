package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.ConnectionFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jms.core.JmsTemplate;
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
            assertThat(container.isExposeListenerSession()).as(route.getId()).isTrue();
            assertThat(container.getCacheLevel())
                    .as(route.getId())
                    .isEqualTo(DefaultMessageListenerContainer.CACHE_CONSUMER);
        });
    }

    @Test
    void whatWasSentBeforeAFailureIsNotSent(Product usher) throws Exception {
        var broken = new AtomicBoolean(true);
        var tries = new AtomicInteger();
        usher.camel().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("jms:queue:trial.in")
                        .routeId("trial")
                        .errorHandler(noErrorHandler())
                        .to("jms:queue:trial.out")
                        .process(exchange -> {
                            tries.incrementAndGet();
                            if (broken.get()) {
                                throw new IllegalStateException("after the send, as this test wants");
                            }
                        });
            }
        });
        var jms = new JmsTemplate(usher.bean(ConnectionFactory.class));
        jms.setReceiveTimeout(500);
        try {
            jms.convertAndSend("trial.in", "once");
            await().atMost(Duration.ofSeconds(20)).until(() -> tries.get() > 1);
            assertThat(jms.receive("trial.out")).as("sent by a try that failed").isNull();

            broken.set(false);
            jms.setReceiveTimeout(20_000);
            assertThat(jms.receive("trial.out"))
                    .as("sent by the try that worked")
                    .isNotNull();
            jms.setReceiveTimeout(500);
            assertThat(jms.receive("trial.out")).as("sent a second time").isNull();
        } finally {
            usher.camel().getRouteController().stopRoute("trial");
            usher.camel().removeRoute("trial");
        }
    }
}
