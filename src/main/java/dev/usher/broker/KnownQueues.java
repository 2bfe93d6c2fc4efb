package dev.usher.broker;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jms.support.destination.DestinationResolver;

/**
 * Asks the broker for each queue once, instead of before every message that is sent. What it answers holds the queue's name
 * alone, and serves every session.
 */
final class KnownQueues implements DestinationResolver {

    private final Map<String, Destination> queues = new ConcurrentHashMap<>();

    @Override
    public Destination resolveDestinationName(Session session, String name, boolean isTopic) throws JMSException {
        var known = queues.get(name);
        if (known == null) {
            known = session.createQueue(name);
            queues.put(name, known);
        }
        return known;
    }
}
