package dev.usher.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;

/** The queues of the embedded broker, seen from inside. */
final class Queues {

    static final String DEAD_LETTERS = "dead-letters";

    /** Events that the mass-change guard holds wait there for an operator. */
    static final String HELD = "held";

    private static final Set<String> RESTING = Set.of(DEAD_LETTERS, HELD);

    private final ActiveMQServer broker;

    Queues(ActiveMQServer broker) {
        this.broker = broker;
    }

    /** What waits, is scheduled or is being worked on, by queue; empty ones and those that wait for a person left out. */
    Map<String, Long> busy(Set<String> ignored) {
        var busy = new TreeMap<String, Long>();
        for (var queue : all()) {
            var name = queue.getName().toString();
            long count = count(queue);
            if (count > 0 && !RESTING.contains(name) && !ignored.contains(name)) {
                busy.put(name, count);
            }
        }
        return busy;
    }

    private static long count(Queue queue) {
        return Math.max(queue.getMessageCount(), queue.getDeliveringCount() + queue.getScheduledCount());
    }

    /** How many messages were ever added, over all queues. */
    long added() {
        return Arrays.stream(all()).mapToLong(Queue::getMessagesAdded).sum();
    }

    long waiting(String name) {
        var queue = broker.locateQueue(name);
        return queue == null ? 0 : count(queue);
    }

    /** The priorities of the messages that wait, also of those that consumers hold already. */
    List<Integer> priorities(String name) {
        var queue = broker.locateQueue(name);
        var found = new ArrayList<Integer>();
        try (var waiting = queue.browserIterator()) {
            waiting.forEachRemaining(
                    reference -> found.add((int) reference.getMessage().getPriority()));
        }
        queue.getDeliveringMessages()
                .values()
                .forEach(references -> references.forEach(
                        reference -> found.add((int) reference.getMessage().getPriority())));
        return found;
    }

    void purge() {
        for (var queue : all()) {
            try {
                queue.deleteAllReferences();
            } catch (Exception e) {
                throw new IllegalStateException("cannot empty the queue " + queue.getName(), e);
            }
        }
    }

    private Queue[] all() {
        return broker.getPostOffice()
                .getAllBindings()
                .filter(org.apache.activemq.artemis.core.postoffice.QueueBinding.class::isInstance)
                .map(binding -> ((org.apache.activemq.artemis.core.postoffice.QueueBinding) binding).getQueue())
                .filter(queue -> !queue.isInternalQueue())
                .toArray(Queue[]::new);
    }
}
