package dev.usher.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.TextMessage;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jms.core.JmsTemplate;

class EventsTest {

    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private ActiveMQConnectionFactory connections;
    private JmsTemplate jms;

    @BeforeEach
    void startBroker() throws Exception {
        broker.setConfiguration(new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .addAcceptorConfiguration("vm", "vm://77"));
        broker.start();
        connections = new ActiveMQConnectionFactory("vm://77");
        jms = new JmsTemplate(connections);
        jms.setReceiveTimeout(200);
    }

    @AfterEach
    void stopBroker() throws Exception {
        connections.close();
        broker.stop();
    }

    @Test
    void anEventBecomesADurableTextMessageInTheGroupOfItsUser() throws Exception {
        var event = event("e1", "u1");

        new Events(connections).publish(List.of(event));

        var message = (TextMessage) jms.receive(Events.QUEUE);
        assertThat(message).isNotNull();
        assertThat(IdentityEvent.parse(message.getText())).isEqualTo(event);
        assertThat(message.getStringProperty("usherType")).isEqualTo("user.created");
        assertThat(message.getStringProperty("JMSXGroupID")).isEqualTo("u1");
        assertThat(message.getJMSPriority()).isEqualTo(4);
        assertThat(message.getJMSDeliveryMode()).isEqualTo(jakarta.jms.DeliveryMode.PERSISTENT);
    }

    @Test
    void bulkEventsAreServedAfterLiveOnes() throws Exception {
        var events = new Events(connections);

        events.publish(List.of(event("bulk", "u1")), Urgency.BULK);
        events.publish(List.of(event("live", "u2")));

        assertThat(nextId()).isEqualTo("live");
        assertThat(nextId()).isEqualTo("bulk");
    }

    @Test
    void aPageIsPublishedWholeOrNotAtAll() {
        var good = IntStream.range(0, 50).mapToObj(i -> event("e" + i, "u")).toList();
        var page = new java.util.ArrayList<>(good);
        page.add(null);

        assertThatThrownBy(() -> new Events(connections).publish(page)).isInstanceOf(NullPointerException.class);

        assertThat(jms.receive(Events.QUEUE)).isNull();
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
