package dev.usher.broker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.apache.activemq.artemis.api.jms.management.JMSManagementHelper;
import org.jspecify.annotations.Nullable;

/** Asks the broker about its queues: one question for all of them, and one more for each in which something waits. */
final class QueueRequest {

    private static final String MANAGEMENT = "activemq.management";
    private static final String EVERY_QUEUE = "{\"field\":\"\",\"operation\":\"\",\"value\":\"\"}";
    private static final int MOST = 1_000;
    private static final long PATIENCE_MILLIS = 5_000;

    private final Session session;
    private final ObjectMapper json = new ObjectMapper();

    QueueRequest(Session session) {
        this.session = session;
    }

    List<QueueFigures> all() throws JMSException {
        var answers = session.createTemporaryQueue();
        try (var producer = session.createProducer(session.createQueue(MANAGEMENT));
                var consumer = session.createConsumer(answers)) {
            var figures = new ArrayList<QueueFigures>();
            for (var queue : list(producer, consumer, answers)) {
                if (isOurs(queue)) {
                    figures.add(figures(queue, producer, consumer, answers));
                }
            }
            figures.sort(Comparator.comparing(QueueFigures::name));
            return List.copyOf(figures);
        } finally {
            answers.delete();
        }
    }

    private JsonNode list(MessageProducer producer, MessageConsumer consumer, TemporaryQueue answers)
            throws JMSException {
        var question = session.createMessage();
        JMSManagementHelper.putOperationInvocation(question, ResourceNames.BROKER, "listQueues", EVERY_QUEUE, 1, MOST);
        var answer = ask(question, producer, consumer, answers);
        try {
            return json.readTree(String.valueOf(answer)).path("data");
        } catch (JsonProcessingException e) {
            throw new JMSException("The broker listed its queues in a form that cannot be read");
        }
    }

    private static boolean isOurs(JsonNode queue) {
        return !queue.path("temporary").asBoolean()
                && !queue.path("internalQueue").asBoolean()
                && !queue.path("name").asText().startsWith("activemq.");
    }

    private QueueFigures figures(
            JsonNode queue, MessageProducer producer, MessageConsumer consumer, TemporaryQueue answers)
            throws JMSException {
        var name = queue.path("name").asText();
        long messages = queue.path("messageCount").asLong();
        long scheduled = queue.path("scheduledCount").asLong();
        var oldest = messages > scheduled ? oldest(name, producer, consumer, answers) : null;
        return new QueueFigures(name, messages, scheduled, oldest);
    }

    private @Nullable Instant oldest(
            String name, MessageProducer producer, MessageConsumer consumer, TemporaryQueue answers)
            throws JMSException {
        var question = session.createMessage();
        JMSManagementHelper.putAttribute(question, ResourceNames.QUEUE + name, "firstMessageTimestamp");
        return ask(question, producer, consumer, answers) instanceof Number millis && millis.longValue() > 0
                ? Instant.ofEpochMilli(millis.longValue())
                : null;
    }

    private static @Nullable Object ask(
            Message question, MessageProducer producer, MessageConsumer consumer, TemporaryQueue answers)
            throws JMSException {
        question.setJMSReplyTo(answers);
        producer.send(question);
        var answer = consumer.receive(PATIENCE_MILLIS);
        if (answer == null) {
            throw new JMSException("The broker did not tell of its queues within " + PATIENCE_MILLIS + " ms");
        }
        if (!JMSManagementHelper.hasOperationSucceeded(answer)) {
            throw new JMSException(
                    "The broker does not tell of its queues: give Usher's user the permission manage on " + MANAGEMENT);
        }
        try {
            return JMSManagementHelper.getResult(answer);
        } catch (JMSException e) {
            throw e;
        } catch (Exception e) {
            throw new JMSException("The broker told of its queues in a form that cannot be read");
        }
    }
}
