package dev.usher.event;

import dev.usher.trace.Traces;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.springframework.jms.core.JmsTemplate;

/** A broker in memory with the queue of identity events. */
public final class TestBroker implements AutoCloseable {

    private static final int NUMBER = 77;
    private static final long RECEIVE_MILLIS = 50;

    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private final ActiveMQConnectionFactory connections = new ActiveMQConnectionFactory("vm://" + NUMBER);

    public TestBroker() {
        start();
    }

    public void start() {
        try {
            broker.setConfiguration(new ConfigurationImpl()
                    .setPersistenceEnabled(false)
                    .setSecurityEnabled(false)
                    .addAcceptorConfiguration("vm", "vm://" + NUMBER));
            broker.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public ActiveMQConnectionFactory connections() {
        return connections;
    }

    public Events events() {
        return new Events(connections, Traces.off());
    }

    /** Takes all events off the queue. */
    public List<IdentityEvent> drain() {
        var jms = new JmsTemplate(connections);
        jms.setReceiveTimeout(RECEIVE_MILLIS);
        return jms.execute(
                session -> {
                    var events = new ArrayList<IdentityEvent>();
                    try (var consumer = session.createConsumer(session.createQueue(Events.QUEUE))) {
                        for (var message = consumer.receive(RECEIVE_MILLIS);
                                message != null;
                                message = consumer.receive(RECEIVE_MILLIS)) {
                            events.add(parse((TextMessage) message));
                        }
                    }
                    return events;
                },
                true);
    }

    private static IdentityEvent parse(TextMessage message) throws JMSException {
        return IdentityEvent.parse(message.getText());
    }

    @Override
    public void close() {
        try {
            connections.close();
            broker.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
