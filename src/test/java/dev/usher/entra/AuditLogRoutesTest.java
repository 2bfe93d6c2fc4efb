package dev.usher.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.event.TestBroker;
import dev.usher.sandbox.Sandbox;
import dev.usher.sandbox.SandboxPorts;
import dev.usher.sandbox.entra.SignUp;
import dev.usher.token.SandboxTokens;
import dev.usher.vendor.TestCalls;
import dev.usher.watermark.Lateness;
import dev.usher.watermark.TestDatabase;
import dev.usher.watermark.TestWatermarks;
import dev.usher.watermark.Watermarks;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The routes as they are, on the real clock and within the real limits. */
class AuditLogRoutesTest {

    @Test
    void theTimersPollAndPurge() throws Exception {
        try (var sandbox = Sandbox.start(SandboxPorts.random());
                var broker = new TestBroker();
                var database = TestDatabase.h2()) {
            var clock = Clock.systemUTC();
            var watermarks = TestWatermarks.of(database.dataSource(), clock);
            var poll = poll(
                    sandbox,
                    TestWatermarks.of(database.dataSource(), clock),
                    TestWatermarks.lateness(database.dataSource(), clock),
                    clock);
            watermarks.advance(poll.begin().mark(), Map.of("old", Instant.now().minus(Duration.ofDays(9))));
            var id = sandbox.entra()
                    .tenant()
                    .signUp(SignUp.of(new ObjectMapper().readTree("{\"email\":\"ada@shop.test\"}")));

            var camel = new DefaultCamelContext();
            camel.getPropertiesComponent().setInitialProperties(everySecond());
            camel.getRegistry().bind("auditLogPoll", poll);
            camel.getRegistry().bind("watermarks", watermarks);
            camel.getRegistry().bind("events", broker.events());
            for (var route : List.of("poll-entra-audit-log", "purge-seen-records")) {
                PluginHelper.getRoutesLoader(camel)
                        .loadRoutes(ResourceHelper.resolveResource(
                                camel, "file:routes/sources/entra-audit-log/" + route + ".camel.yaml"));
            }
            camel.start();

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(broker.drain())
                            .singleElement()
                            .satisfies(event -> assertThat(event.subject()).isEqualTo(id)));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(TestWatermarks.of(database.dataSource(), clock)
                                    .unseen(AuditLogPoll.SOURCE, List.of("old")))
                            .containsExactly("old"));
            camel.stop();
        }
    }

    private static AuditLogPoll poll(Sandbox sandbox, Watermarks watermarks, Lateness lateness, Clock clock) {
        var entra = new EntraSettings(
                URI.create(sandbox.properties().get("usher.entra.graph-url")), null, List.of(), Duration.ofSeconds(15));
        var settings = new Binder(new MapConfigurationPropertySource(Map.of("usher.entra.poll.requests", "5")))
                .bind("usher.entra.poll", PollSettings.class)
                .get();
        var audits = new AuditLog(new Graph(entra, SandboxTokens.of(sandbox, clock), TestCalls.uncounted()));
        return new AuditLogPoll(audits, watermarks, lateness, settings, event -> {}, clock, new PauseUntilStop());
    }

    private static Properties everySecond() {
        var properties = new Properties();
        properties.setProperty("usher.entra.poll.enabled", "true");
        properties.setProperty("usher.entra.poll.cron", "* * * * * ?");
        properties.setProperty("usher.entra.poll.purge-cron", "* * * * * ?");
        properties.setProperty("usher.entra.poll.keep-seen", "P8D");
        return properties;
    }
}
