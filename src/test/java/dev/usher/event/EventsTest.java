package dev.usher.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.DeliveryMode;
import jakarta.jms.TextMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jms.core.JmsTemplate;

class EventsTest {

    private final TestBroker broker = new TestBroker();
    private final JmsTemplate jms = new JmsTemplate(broker.connections());

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void anEventBecomesADurableTextMessageInTheGroupOfItsUser() throws Exception {
        var event = event("e1", "u1");

        broker.events().publish(List.of(event));

        var message = (TextMessage) jms.receive(Events.QUEUE);
        assertThat(message).isNotNull();
        assertThat(IdentityEvent.parse(message.getText())).isEqualTo(event);
        assertThat(message.getStringProperty("usherType")).isEqualTo("user.created");
        assertThat(message.getStringProperty("JMSXGroupID")).isEqualTo("u1");
        assertThat(message.getJMSPriority()).isEqualTo(4);
        assertThat(message.getJMSDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
    }

    @Test
    void bulkEventsAreServedAfterLiveOnes() throws Exception {
        var events = broker.events();

        events.publish(List.of(event("bulk", "u1")), Urgency.BULK);
        events.publish(List.of(event("live", "u2")));

        assertThat(nextId()).isEqualTo("live");
        assertThat(nextId()).isEqualTo("bulk");
    }

    @Test
    void aPageIsPublishedWholeOrNotAtAll() {
        var page = new ArrayList<>(
                IntStream.range(0, 50).mapToObj(i -> event("e" + i, "u")).toList());
        page.add(null);

        assertThatThrownBy(() -> broker.events().publish(page)).isInstanceOf(NullPointerException.class);

        assertThat(broker.drain()).isEmpty();
    }

    private String nextId() throws Exception {
        var message = (TextMessage) jms.receive(Events.QUEUE);
        assertThat(message).isNotNull();
        return IdentityEvent.parse(message.getText()).id();
    }

    private static IdentityEvent event(String id, String subject) {
        return new IdentityEvent(
                id, "/entra/audit-log", "user.created", subject, Instant.parse("2026-03-02T10:15:22Z"), null);
    }
}
