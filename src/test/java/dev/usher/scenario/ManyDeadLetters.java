package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.ConnectionFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jms.core.JmsTemplate;

/**
 * How long it takes to settle dead letters when there are very many: {@code mvn test -Dtest=ManyDeadLetters}, with
 * {@code -Dletters=} for another number than 50,000. What it measured is in docs/benchmarks.md.
 */
class ManyDeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger("dev.usher.many");
    private static final int LETTERS = Integer.getInteger("letters", 50_000);
    private static final String API = "/api/dead-letters";

    @Test
    void aFewAndManyAreSettledInTime() throws Exception {
        try (var product = Product.start("many-dead-letters", Map.of("usher.dead-letters.cron", "* * * * * ?"))) {
            park(product);
            timed("page of groups", () -> product.api("GET", API + "/groups", ""));
            timed("page of letters", () -> product.api("GET", API, ""));
            timed("page of one group", () -> product.api("GET", API + "?destination=gone&reason=even", ""));
            timed("counts", () -> product.api("GET", API + "/counts", ""));

            var one = timed(
                    "one, the last in the queue",
                    () -> dismissed(product, "{\"id\": \"letter-" + (LETTERS - 1) + "\"}"));
            var half = timed("every second one", () -> dismissed(product, "{\"reason\": \"even\"}"));
            var all = timed("all that are left", () -> dismissed(product, "{\"all\": true}"));

            assertThat(product.queues().waiting(Queues.DEAD_LETTERS)).isZero();
            assertThat(one).isLessThan(Duration.ofSeconds(10));
            assertThat(half).isLessThan(Duration.ofMinutes(2));
            assertThat(all).isLessThan(Duration.ofMinutes(2));
        }
    }

    private interface Work {
        Object run() throws Exception;
    }

    private static Duration timed(String what, Work work) throws Exception {
        long begun = System.nanoTime();
        work.run();
        var took = Duration.ofNanos(System.nanoTime() - begun);
        LOG.info("{} letters, {}: {} ms", LETTERS, what, took.toMillis());
        return took;
    }

    private static Product.Answer dismissed(Product product, String selection) {
        var answer = product.api("POST", API + "/dismiss", selection);
        assertThat(answer.status()).describedAs("%s", answer.body()).isEqualTo(202);
        LOG.info("decided {}", answer.body());
        await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> product.api("GET", API + "/counts", "")
                                .body()
                                .path("moving")
                                .asLong()
                        == 0);
        return answer;
    }

    /** Rows and messages as deliveries leave them, every second one for another reason. */
    private static void park(Product product) {
        var rows = new ArrayList<Object[]>();
        for (int i = 0; i < LETTERS; i++) {
            rows.add(new Object[] {"letter-" + i, (long) i, "user-" + i, "event-" + i, i % 2 == 0 ? "even" : "odd"});
        }
        product.database()
                .batchUpdate(
                        "insert into dead_letter (id, at, subject, destination, event_id, event_type, reason, attempts,"
                                + " state, reported) values (?, ?, ?, 'gone', ?, 'user.updated', ?, 1, 'open', true)",
                        rows);
        var jms = new JmsTemplate(product.bean(ConnectionFactory.class));
        jms.setSessionTransacted(true);
        for (int from = 0; from < LETTERS; from += 500) {
            int begin = from;
            jms.execute(session -> {
                try (var producer = session.createProducer(session.createQueue(Queues.DEAD_LETTERS))) {
                    for (int i = begin; i < Math.min(begin + 500, LETTERS); i++) {
                        var message = session.createTextMessage("x".repeat(800));
                        message.setStringProperty("usherDeadLetter", "letter-" + i);
                        message.setStringProperty("usherQueue", "deliver.gone");
                        message.setStringProperty("JMSXGroupID", "user-" + i);
                        producer.send(message);
                    }
                }
                session.commit();
                return true;
            });
        }
    }
}
