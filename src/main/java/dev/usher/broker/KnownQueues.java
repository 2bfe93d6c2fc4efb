package dev.usher.broker;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks the broker for each queue once, instead of before every message that is sent. What it answers holds the queue's name
 * alone, and serves every session.
 */
final class KnownQueues {

    private final Map<String, Destination> queues = new ConcurrentHashMap<>();

    Destination named(String name, Session session) throws JMSException {
        var known = queues.get(name);
        if (known == null) {
            known = session.createQueue(name);
            queues.put(name, known);
        }
        return known;
    }
}
