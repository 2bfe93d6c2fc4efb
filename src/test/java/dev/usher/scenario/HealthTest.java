package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.sandbox.server.Fault;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthEndpoint;

/** What is told of the process, of destinations and of sources. */
@ExtendWith(RunningUsher.class)
class HealthTest {

    private static final Duration SOON = Duration.ofSeconds(15);

    private final Product product;

    HealthTest(Product product) {
        this.product = product;
    }

    @BeforeEach
    @AfterEach
    void reset() {
        product.reset();
    }

    private String status(String... path) {
        return product.bean(HealthEndpoint.class)
                .healthForPath(path)
                .getStatus()
                .getCode();
    }

    private void deliver() {
        product.control(
                "POST",
                "/sign-ups",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("email", "ada@example.org")
                        .put("givenName", "Ada"));
        product.poll();
    }

    @Test
    void aVendorThatIsDownMakesItsDestinationFailAndNothingUnready() {
        product.sandbox().system("stripe").faults().replace(List.of(Fault.answering(503)));
        deliver();

        await().atMost(SOON).until(() -> List.of("PAUSED", "FAILING").contains(status("destinations", "stripe")));

        var stripe = (Health) product.bean(HealthEndpoint.class).healthForPath("destinations", "stripe");
        assertThat(stripe.getDetails()).containsKeys("failingSince", "reason");
        assertThat(List.of(status(), status("readiness"), status("liveness"), status("destinations", "sql")))
                .containsOnly("UP");

        product.sandbox().system("stripe").faults().heal();
        await().atMost(SOON).until(() -> status("destinations", "stripe").equals("UP"));
    }

    @Test
    void aRouteThatStoppedMakesItUnready() throws Exception {
        product.camel().getRouteController().stopRoute("deliver-sql");
        try {
            assertThat(status("readiness")).isEqualTo("OUT_OF_SERVICE");
            assertThat(status("liveness")).isEqualTo("UP");
        } finally {
            product.camel().getRouteController().startRoute("deliver-sql");
        }
        assertThat(status("readiness")).isEqualTo("UP");
    }

    @Test
    void sourcesAreToldWithTheirLastPoll() {
        product.poll();

        assertThat(status("sources", "entra-audit-log")).isEqualTo("UP");
        var source = (Health) product.bean(HealthEndpoint.class).healthForPath("sources", "entra-audit-log");
        assertThat(source.getDetails()).containsKey("polledAt");
    }

    @Test
    void whileTracingIsOffThereIsNothingOfIt() {
        assertThat(product.camel().getRegistry().findByType(OpenTelemetry.class))
                .isEmpty();
    }
}
