package dev.usher.broker;

import jakarta.jms.ConnectionFactory;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.stereotype.Component;

/**
 * What the broker's queues hold, asked of the broker by its management messages: the same for the one inside this process
 * and for an external one, where Usher's user then needs the permission {@code manage} on {@code activemq.management}.
 *
 * @see <a href="https://artemis.apache.org/components/artemis/documentation/latest/management.html">Artemis, management</a>
 */
@Component
public final class Queues {

    /** How long an answer is good for, in milliseconds: many may ask, the broker is asked once. */
    private static final long FRESH = 1_000;

    private final JmsTemplate jms;
    private final Clock clock;
    private @Nullable List<QueueFigures> last;
    private long lastAt;

    Queues(ConnectionFactory connections, Clock clock) {
        this.jms = new JmsTemplate(connections);
        this.clock = clock;
    }

    /**
     * The figures of every queue of the broker but its own and temporary ones, ordered by name; at most a second old.
     *
     * @throws org.springframework.jms.JmsException when the broker cannot be reached, does not answer within five seconds
     *     or refuses to tell
     */
    public synchronized List<QueueFigures> all() {
        long now = clock.millis();
        var known = last;
        if (known != null && now >= lastAt && now - lastAt < FRESH) {
            return known;
        }
        var asked = Optional.ofNullable(jms.execute(session -> new QueueRequest(session).all(), true))
                .orElse(List.of());
        last = asked;
        lastAt = now;
        return asked;
    }
}
