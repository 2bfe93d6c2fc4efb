package dev.usher.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.TestClock;
import dev.usher.event.TestBroker;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jms.JmsException;
import org.springframework.jms.core.JmsTemplate;

class QueuesTest {

    private final TestBroker broker = new TestBroker();
    private final TestClock clock = new TestClock();
    private final Queues queues = new Queues(broker.connections(), clock);
    private final JmsTemplate jms = new JmsTemplate(broker.connections());

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void whatWaitsIsCountedAndTheOldestNamed() {
        long before = System.currentTimeMillis();
        send("deliver.stripe", 0);
        long after = System.currentTimeMillis();
        send("deliver.stripe", 0);

        var figures = queues.all().get(0);

        assertThat(figures.name()).isEqualTo("deliver.stripe");
        assertThat(figures.messages()).isEqualTo(2);
        assertThat(figures.scheduled()).isZero();
        assertThat(figures.oldest()).isNotNull();
        assertThat(figures.oldest().toEpochMilli()).isBetween(before, after);
    }

    @Test
    void whatIsScheduledCountsButDoesNotWait() {
        send("deliver.stripe", 60_000);

        var figures = queues.all().get(0);

        assertThat(figures.messages()).isEqualTo(1);
        assertThat(figures.scheduled()).isEqualTo(1);
        assertThat(figures.oldest()).isNull();
    }

    @Test
    void theBrokersOwnQueuesAreNotTold() {
        send("events", 0);

        assertThat(queues.all()).extracting(QueueFigures::name).containsExactly("events");
    }

    @Test
    void anAnswerIsGoodForASecond() {
        send("events", 0);
        queues.all();
        send("events", 0);

        assertThat(queues.all().get(0).messages()).isEqualTo(1);

        clock.advance(Duration.ofSeconds(1));
        assertThat(queues.all().get(0).messages()).isEqualTo(2);
    }

    @Test
    void aBrokerThatIsNotThereIsToldOf() {
        broker.close();

        assertThatThrownBy(queues::all).isInstanceOf(JmsException.class);
    }

    private void send(String queue, long delayMillis) {
        jms.setDeliveryDelay(delayMillis);
        jms.convertAndSend(queue, "text");
    }
}
