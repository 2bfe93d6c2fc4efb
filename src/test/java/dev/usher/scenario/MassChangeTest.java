package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.event.Events;
import dev.usher.event.IdentityEvent;
import dev.usher.leaving.HeldEvents;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 18 of 30 users are deleted at once. With the settings of the project 9 may leave; the others are held. */
@ExtendWith(RunningUsher.class)
class MassChangeTest {

    private static final int USERS = 30;
    private static final int DELETED = 18;
    private static final int MAY_LEAVE = 9;

    private Stage stage;

    private Stage manyAreDeleted(Product product) {
        product.reset();
        stage = new Stage(product);
        IntStream.range(0, USERS)
                .forEach(i -> stage.signUp(
                        "u" + i,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("email", "u" + i + "@example.org")
                                .put("givenName", "U" + i)));
        product.quiet();
        stage.begin();
        IntStream.range(0, DELETED).forEach(i -> product.control("DELETE", "/users/" + stage.id("u" + i), null));
        product.quiet();
        return stage;
    }

    @AfterEach
    void nothingStaysHeld() {
        if (stage != null) {
            stage.product.reset();
        }
    }

    private JsonNode guard() {
        return stage.product.call(endpoint(), "GET", "", Map.of()).body();
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + stage.product.settings().getProperty("local.management.port")
                + "/actuator/masschange");
    }

    private Product.Answer decide(String decision) {
        return stage.product.call(
                endpoint(), "POST", "{\"decision\": \"" + decision + "\"}", Map.of("Content-Type", "application/json"));
    }

    private void settled() {
        await("nothing is held")
                .atMost(Duration.ofSeconds(15))
                .until(() -> stage.product.queues().waiting(Queues.HELD) == 0);
        stage.product.quiet();
    }

    private long gone(String system, String pointer) {
        var records = stage.product.control("GET", "/systems/" + system + "/records", null);
        return StreamSupport.stream(records.spliterator(), false)
                .filter(record -> record.at(pointer).asText().equals("deleted"))
                .count();
    }

    private void assertGone(long count) {
        assertThat(List.of(gone("stripe", "/metadata/directory_state"), gone("sql", "/state")))
                .containsExactly(count, count);
        assertThat(Calls.writes(stage, "stripe")).hasSize((int) count);
    }

    /** Somebody whose deletion waits. */
    private String held() {
        return IntStream.range(0, DELETED)
                .mapToObj(i -> "u" + i)
                .filter(name -> stage.deliveries(name, "stripe").isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private Object last(String name, String column) {
        var rows = stage.deliveries(name, "router");
        return rows.isEmpty() ? null : rows.get(rows.size() - 1).get(column);
    }

    @Test
    void theyAreHeldAndShownAndLeaveWhenReleased(Product product) {
        manyAreDeleted(product);

        assertGone(MAY_LEAVE);
        assertThat(product.queues().waiting(Queues.HELD)).isEqualTo(DELETED - MAY_LEAVE);
        assertThat(guard().path("state").asText()).isEqualTo("holding");
        assertThat(guard().at("/last/held").asInt()).isEqualTo(DELETED - MAY_LEAVE);
        assertThat(last(held(), "reason")).isEqualTo("held by the mass-change guard until an operator decides");
        await("a mail")
                .atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(product.control("GET", "/systems/mail/records", null)
                                .toString())
                        .contains("Usher: 10 of 30 users left at once, the rest is held"));

        assertThat(decide("release").status()).isEqualTo(200);
        settled();

        assertGone(DELETED);
        assertThat(guard().path("state").asText()).isEqualTo("open");
        assertThat(guard().at("/last/state").asText()).isEqualTo("released");
        assertThat(guard().at("/last/decidedBy").asText()).isEqualTo("command line");
        product.control("DELETE", "/users/" + stage.id("u20"), null);
        product.quiet();
        assertGone(DELETED + 1);
        assertThat(guard().path("departures").asInt()).isOne();
    }

    @Test
    void discardedTheyStayAndALaterEventIsJudgedAnew(Product product) {
        manyAreDeleted(product);
        var ada = held();

        assertThat(decide("discard").status()).isEqualTo(200);
        settled();

        assertGone(MAY_LEAVE);
        assertThat(last(ada, "outcome")).isEqualTo("skipped");
        assertThat(last(ada, "reason")).isEqualTo(HeldEvents.DISCARDED);
        product.bean(Events.class)
                .publish(List.of(new IdentityEvent(
                        UUID.randomUUID().toString(), "/test", "user.deleted", stage.id(ada), Instant.now(), null)));
        product.quiet();
        assertGone(MAY_LEAVE + 1);
    }

    @Test
    void whoIsRestoredMeanwhileStays(Product product) {
        manyAreDeleted(product);
        var ada = held();
        product.control("POST", "/users/" + stage.id(ada) + "/restore", null);
        product.quiet();

        decide("release");
        settled();

        assertGone(DELETED - 1);
        assertThat(last(ada, "outcome")).isEqualTo("stale");
        assertThat(last(ada, "reason")).isEqualTo("the user is back");
    }

    @Test
    void whoIsRestoredWithAnotherNameMakesTheHeldDeletionStale(Product product) {
        manyAreDeleted(product);
        var ada = held();
        product.control("POST", "/users/" + stage.id(ada) + "/restore", null);
        product.control(
                "PATCH",
                "/users/" + stage.id(ada),
                JsonNodeFactory.instance.objectNode().put("surname", "King"));
        product.quiet();
        assertThat(stage.deliveries(ada, "stripe")).hasSize(1);

        decide("release");
        settled();

        assertThat(gone("stripe", "/metadata/directory_state")).isEqualTo(DELETED - 1);
        assertThat(last(ada, "outcome")).isEqualTo("stale");
        assertThat(stage.deliveries(ada, "stripe")).hasSize(1);
    }

    @Test
    void whoIsDisabledAndThenDeletedWhileHeldIsDeletedWhenReleased(Product product) {
        manyAreDeleted(product);
        product.control(
                "PATCH",
                "/users/" + stage.id("u25"),
                JsonNodeFactory.instance.objectNode().put("accountEnabled", false));
        product.quiet();
        product.control("DELETE", "/users/" + stage.id("u25"), null);
        product.quiet();
        assertThat(stage.deliveries("u25", "stripe")).isEmpty();

        decide("release");
        settled();

        assertGone(DELETED + 1);
        assertThat(stage.deliveries("u25", "router"))
                .noneMatch(row -> String.valueOf(row.get("reason")).contains("does not show the user"));
        assertThat(product.database().queryForList("select reason from dead_letter"))
                .isEmpty();
    }

    @Test
    void anotherEventOfSomebodyWhoseDeletionIsHeldEndsAtOnce(Product product) {
        manyAreDeleted(product);
        var ada = held();

        product.bean(Events.class)
                .publish(List.of(new IdentityEvent(
                        UUID.randomUUID().toString(), "/test", "user.updated", stage.id(ada), Instant.now(), null)));
        product.quiet();

        assertThat(last(ada, "outcome")).isEqualTo("stale");
        assertThat(last(ada, "reason")).isEqualTo("deleted, and the mass-change guard held that");
        decide("release");
        settled();
        assertGone(DELETED);
    }

    @Test
    void signUpsAndOtherChangesGoOn(Product product) {
        manyAreDeleted(product);

        stage.signUp("new", JsonNodeFactory.instance.objectNode().put("email", "new@example.org"));
        product.control(
                "PATCH",
                "/users/" + stage.id("u25"),
                JsonNodeFactory.instance.objectNode().put("surname", "King"));
        product.quiet();

        assertThat(stage.deliveries("new", "stripe")).hasSize(1);
        assertThat(stage.deliveries("u25", "stripe")).hasSize(1);
    }

    @Test
    void aDecisionThatCannotBeIsRefusedInWords(Product product) {
        manyAreDeleted(product);

        assertThat(decide("perhaps").status()).isEqualTo(400);
        assertThat(decide("release").status()).isEqualTo(200);
        assertThat(decide("discard").status()).isEqualTo(409);
        assertThat(decide("discard").body().path("error").asText()).startsWith("nothing is held");
    }

    @Test
    void aRestartLosesAndDoublesNothing() throws IOException {
        try (var product = Product.start("mass-change", Map.of())) {
            manyAreDeleted(product);
            product.restart();
            assertThat(product.queues().waiting(Queues.HELD)).isEqualTo(DELETED - MAY_LEAVE);
            assertGone(MAY_LEAVE);

            decide("release");
            product.restart();
            settled();

            assertGone(DELETED);
            stage = null;
        }
    }
}
