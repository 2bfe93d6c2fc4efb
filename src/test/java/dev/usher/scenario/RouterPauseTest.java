package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.Logged;
import dev.usher.delivery.Failures;
import dev.usher.delivery.TestPauses;
import dev.usher.event.Events;
import dev.usher.event.IdentityEvent;
import dev.usher.sandbox.server.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The router pauses when the directory fails five times in a row, and only then. */
@ExtendWith(RunningUsher.class)
class RouterPauseTest {

    private static final Duration SOON = Duration.ofSeconds(15);

    private static void signUp(Stage stage, String name) {
        stage.signUp(
                name,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("email", name + "@example.org")
                        .put("givenName", name));
    }

    private static void theDirectoryFails(Product product) {
        product.sandbox().entra().faults().replace(List.of(Fault.answering(500)));
    }

    private static long pausing(Product product) {
        return product.database()
                .queryForObject("select count(*) from destination_pause where destination = 'router'", Long.class);
    }

    @Test
    void whatFailedBeforeItAnsweredNoLongerCounts(Product product) {
        product.reset();
        var stage = new Stage(product);
        for (int i = 0; i < 6; i++) {
            signUp(stage, "p" + i);
        }
        product.poll();
        theDirectoryFails(product);
        await("the pause is noted").atMost(SOON).until(() -> pausing(product) == 1);

        product.sandbox().entra().faults().heal();
        product.quiet();

        await("the note is gone").atMost(SOON).until(() -> pausing(product) == 0);
        var ada = "p0";
        try (var log = new Logged(Failures.class);
                var pauses = TestPauses.logged()) {
            theDirectoryFails(product);
            product.bean(Events.class)
                    .publish(List.of(
                            new IdentityEvent("once", "/test", "user.updated", stage.id(ada), Instant.now(), null)));
            await("one failure")
                    .atMost(SOON)
                    .until(() -> log.lines().stream()
                            .anyMatch(line -> line.startsWith("router: " + stage.id(ada) + " will be tried again")));
            product.sandbox().entra().faults().heal();
            product.quiet();

            assertThat(pauses.lines()).noneMatch(line -> line.contains("is paused"));
        }
    }
}
