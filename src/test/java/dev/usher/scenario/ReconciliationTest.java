package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.event.Urgency;
import dev.usher.watermark.SourceGap;
import dev.usher.watermark.Watermark;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a reconciliation withstands, page by page; what it finds and repairs is told by scenarios. */
class ReconciliationTest {

    private static final int PEOPLE = 5;
    private static Product product;

    @BeforeAll
    static void start() throws IOException {
        product = Product.start("reconciliation", Map.of("usher.reconciliation.page-size", "2"));
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @BeforeEach
    void signUp() throws Exception {
        product.reset();
        for (int i = 0; i < PEOPLE; i++) {
            product.control(
                    "POST",
                    "/sign-ups",
                    new ObjectMapper()
                            .readTree("{\"email\": \"p" + i + "@example.org\", \"givenName\": \"P" + i + "\"}"));
        }
        product.quiet();
        product.sandbox().names().forEach(name -> product.sandbox().system(name).forgetCalls());
    }

    private static int order(String method, String body) {
        return product.orderReconciliation(method, body).status();
    }

    private static String state() {
        return product.reconciliation().path("state").asText();
    }

    private static void finish() {
        for (int i = 0; i < 20 && !state().matches("settling|finished|stopped"); i++) {
            product.reconcileOnePage();
        }
    }

    private static List<String> listings() {
        return product.sandbox().entra().calls().stream()
                .map(call -> call.toJson())
                .filter(call -> call.path("path").asText().equals("/v1.0/users"))
                .map(call -> call.path("status").asText())
                .toList();
    }

    private static void forget(String destination) {
        product.database().update("delete from projection where destination = ?", destination);
    }

    @Test
    void itGoesOnFromThePageItWasAtWhoeverGoesOn() {
        forget("sql");
        order("POST", "{}");
        product.reconcileOnePage();
        var link = product.database().queryForObject("select next_link from reconciliation", String.class);

        finish();
        product.quiet();
        product.reconcileOnePage();

        assertThat(link).contains("$skiptoken=");
        assertThat(listings()).containsExactly("200", "200", "200");
        var report = product.reconciliation();
        assertThat(report.path("seen").asInt()).isEqualTo(PEOPLE);
        assertThat(report.path("pages").asInt()).isEqualTo(3);
        assertThat(report.at("/missing/sql").asInt()).isEqualTo(PEOPLE);
        assertThat(report.path("coverage").path(0).asText()).endsWith("sql 5, stripe 5");
    }

    @Test
    void aPageThatWasPublishedButNotStoredIsDoneAgainWithoutHarm() {
        forget("sql");
        order("POST", "{}");
        product.reconcileOnePage();
        product.database().update("update reconciliation set next_link = null, pages = 0, repaired = 0");
        product.database().update("delete from listed_user");

        finish();
        product.quiet();

        assertThat(product.reconciliation().path("seen").asInt()).isEqualTo(PEOPLE);
        assertThat(product.sandbox().system("sql").calls()).hasSizeLessThanOrEqualTo(PEOPLE);
        assertThat(product.sandbox().system("stripe").calls()).isEmpty();
    }

    @Test
    void aPlaceThatTheDirectoryForgotMeansListingAnew() {
        order("POST", "{}");
        product.reconcileOnePage();
        product.database()
                .update("update reconciliation set next_link = replace(next_link, '$skiptoken=', '$skiptoken=!')");

        finish();

        var report = product.reconciliation();
        assertThat(listings()).containsExactly("200", "400", "200", "200", "200");
        assertThat(report.path("seen").asInt()).isEqualTo(PEOPLE);
        assertThat(report.path("run").asInt()).isPositive();
    }

    @Test
    void aThrottledDirectoryIsLeftAloneAndThePageIsReadAgain() throws Exception {
        order("POST", "{}");
        product.control(
                "PUT",
                "/systems/entra/faults",
                new ObjectMapper().readTree("{\"status\": 429, \"retryAfter\": 1, \"count\": 1}"));

        product.reconcileOnePage();
        product.reconcileOnePage();

        assertThat(listings()).containsExactly("429");
        await().atMost(Duration.ofSeconds(15)).until(() -> {
            product.reconcileOnePage();
            return !state().equals("listing");
        });
        finish();
        assertThat(product.reconciliation().path("seen").asInt()).isEqualTo(PEOPLE);
    }

    @Test
    void oneRunAtATimeWhichCanBeStopped() {
        assertThat(order("DELETE", "")).isEqualTo(404);
        assertThat(order("POST", "{\"mode\": \"everything\"}")).isEqualTo(400);
        assertThat(order("POST", "{\"destination\": \"hubspot\"}")).isEqualTo(400);

        assertThat(order("POST", "{\"mode\": \"repair\"}")).isEqualTo(202);
        assertThat(order("POST", "{\"mode\": \"dry-run\"}")).isEqualTo(409);
        assertThat(order("DELETE", "")).isEqualTo(200);

        product.reconcileOnePage();
        assertThat(state()).isEqualTo("stopped");
        assertThat(listings()).isEmpty();
        assertThat(order("POST", "{}")).isEqualTo(202);
    }

    @Test
    void whatASourceLostIsLookedForAndItsGapClosed() {
        var gap =
                new Watermark.Gap(Instant.now().minusSeconds(900), Instant.now().minusSeconds(600));
        product.database()
                .update(
                        "update watermark set gap_from = ?, gap_to = ?",
                        gap.from().toEpochMilli(),
                        gap.to().toEpochMilli());
        product.tell(new SourceGap("/entra/audit-log", gap));

        finish();

        assertThat(product.reconciliation().path("cause").asText()).isEqualTo("gap of /entra/audit-log");
        assertThat(product.database()
                        .queryForObject("select count(*) from watermark where gap_to is not null", Long.class))
                .isZero();
    }

    @Test
    void aGapDuringARunLeadsToAnotherRun() {
        order("POST", "{}");
        var gap =
                new Watermark.Gap(Instant.now().minusSeconds(900), Instant.now().minusSeconds(600));
        product.tell(new SourceGap("/entra/audit-log", gap));

        finish();
        product.reconcileOnePage();

        assertThat(state()).isEqualTo("listing");
        assertThat(product.reconciliation().path("cause").asText()).startsWith("gap of");
    }

    @Test
    void whatIsRepairedNeverOvertakesASignUp() {
        forget("stripe");
        product.hold("stripe");
        product.reconcile(JsonNodeFactory.instance.objectNode());

        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(product.queues().priorities("deliver.stripe"))
                        .hasSize(PEOPLE)
                        .containsOnly(Urgency.BULK.priority()));
    }

    @Test
    void aReportBecomesFinalWhenEverythingIsRight() {
        forget("sql");
        product.reconcile(JsonNodeFactory.instance.objectNode());
        product.quiet();

        product.reconcileOnePage();

        assertThat(state()).isEqualTo("finished");
        assertThat(product.reconciliation().path("coverage").path(0).asText())
                .contains("directory 5, events 5")
                .endsWith("sql 5, stripe 5");
    }
}
