package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.sandbox.server.Fault;
import dev.usher.trace.Collector;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One trace leads from the source to the vendor's answer. */
class TraceTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String CALLERS_TRACE = "0af7651916cd43dd8448eb211c80319c";

    private static Collector collector;
    private static Product product;

    @BeforeAll
    static void start() throws IOException {
        collector = new Collector();
        product = Product.start(
                "traces",
                Map.of(
                        "usher.tracing.enabled", "true",
                        "usher.tracing.url", collector.url(),
                        "usher.tracing.token", "token-of-the-collector"));
    }

    @AfterAll
    static void stop() {
        product.close();
        collector.close();
    }

    @BeforeEach
    void reset() {
        product.reset();
    }

    private static String signUp() {
        return product.control(
                        "POST",
                        "/sign-ups",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("email", "ada@example.org")
                                .put("givenName", "Ada"))
                .path("userId")
                .asText();
    }

    private static List<String> wayTo(Collector.Span span) {
        var names = new java.util.ArrayList<String>();
        for (var step = java.util.Optional.of(span); step.isPresent(); step = collector.parentOf(step.get())) {
            assertThat(step.get().trace()).isEqualTo(span.trace());
            names.add(0, step.get().name());
        }
        return names;
    }

    private static boolean isThere(String... way) {
        return collector.named(way[way.length - 1]).stream()
                .map(TraceTest::wayTo)
                .anyMatch(List.of(way)::equals);
    }

    @Test
    void aSignUpIsOneTraceFromThePollToTheVendor() {
        var user = signUp();
        product.quiet();

        await().atMost(SOON)
                .until(() -> isThere("publish to events", "route-identity-events", "deliver-stripe", "call stripe"));
        await().atMost(SOON).until(() -> isThere("publish to events", "route-identity-events", "call entra"));
        assertThat(collector.named("call stripe"))
                .allSatisfy(call -> assertThat(call.attributes()).containsEntry("usher.system", "stripe"));
        assertThat(collector.raw())
                .contains("Bearer token-of-the-collector")
                .doesNotContain(user, "ada", "example.org", "cus_", "/v1/customers");
    }

    @Test
    void aLaterTryIsOfTheSameTrace() {
        product.sandbox()
                .system("mailchimp")
                .faults()
                .replace(List.of(new Fault(500, null, Duration.ZERO, null, false, 1.0, 4, null)));
        product.control(
                "POST",
                "/sign-ups",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("email", "bob@example.org")
                        .put("givenName", "Bob")
                        .put("marketingConsent", true));
        product.quiet();

        await().atMost(SOON)
                .until(() -> isThere(
                        "publish to events",
                        "route-identity-events",
                        "deliver-mailchimp",
                        "deliver-mailchimp",
                        "call mailchimp"));
    }

    @Test
    void aCallersTraceIsNotGoneOnWith() {
        product.call(
                product.hook(),
                "POST",
                "{\"MessageName\":\"Update\",\"PrimaryEntityName\":\"contact\","
                        + "\"PrimaryEntityId\":\"3f0e7a52-3a6c-4f6c-9b59-000000000001\"}",
                Map.of(
                        "Content-Type",
                        "application/json",
                        "x-usher-secret",
                        Product.NEW_SECRET,
                        "traceparent",
                        "00-" + CALLERS_TRACE + "-b7ad6b7169203331-01"));
        product.quiet();

        await().atMost(SOON)
                .until(() -> isThere("receive-dataverse-contacts", "publish to events", "route-identity-events"));
        assertThat(collector.spans()).extracting(Collector.Span::trace).doesNotContain(CALLERS_TRACE);
    }
}
