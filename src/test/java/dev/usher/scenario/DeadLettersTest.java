package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.event.Events;
import dev.usher.event.IdentityEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deliveries that were given up, and what operators make of them. */
class DeadLettersTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String API = "/api/dead-letters";
    private static Product product;
    private Stage stage;

    @BeforeAll
    static void start() throws IOException {
        product = Product.start(
                "dead-letters", Map.of("usher.dead-letters.cron", "* * * * * ?", "usher.alerts.cron", "* * * * * ?"));
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @BeforeEach
    void nobodyIsThere() {
        product.reset();
        product.database().update("delete from audit_entry");
        stage = new Stage(product);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Stripe refuses what it is sent, with words of its own. */
    private static void stripeRefuses() {
        product.control("PUT", "/systems/stripe/faults", json("{\"status\": 400}"));
    }

    private static void stripeHeals() {
        product.control("DELETE", "/systems/stripe/faults", null);
    }

    private void signUp(String... names) {
        for (var name : names) {
            stage.signUp(
                    name,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("email", name + "@example.org")
                            .put("givenName", name));
        }
        product.quiet();
    }

    private void rename(String name, String surname) {
        product.control(
                "PATCH",
                "/users/" + stage.id(name),
                JsonNodeFactory.instance.objectNode().put("surname", surname));
        product.quiet();
    }

    private static List<JsonNode> letters(String state) {
        var items =
                product.api("GET", API + "?limit=200&state=" + state, "").body().path("items");
        return StreamSupport.stream(items.spliterator(), false).toList();
    }

    private static JsonNode decide(String action, String selection) {
        var answer = product.api("POST", API + '/' + action, selection);
        assertThat(answer.status()).describedAs("%s", answer.body()).isEqualTo(202);
        return answer.body();
    }

    private static void settled() {
        await("nothing is on its way")
                .atMost(SOON)
                .until(() -> product.api("GET", API + "/counts", "")
                                .body()
                                .path("moving")
                                .asLong()
                        == 0);
        product.quiet();
    }

    private static long held() {
        return product.queues().waiting(Queues.DEAD_LETTERS);
    }

    private String name(String name) {
        var records = product.control("GET", "/systems/stripe/records", null);
        return StreamSupport.stream(records.spliterator(), false)
                .filter(record ->
                        record.at("/metadata/entra_object_id").asText().equals(stage.id(name)))
                .map(record -> record.path("name").asText())
                .findFirst()
                .orElse("nobody");
    }

    private static String mails() {
        return product.control("GET", "/systems/mail/records", null).toString();
    }

    private static void eventually(ThrowingConsumer<Product> expectation) {
        await().atMost(SOON).untilAsserted(() -> expectation.acceptThrows(product));
    }

    @Test
    void theyAreShownInGroupsWithTheVendorsWords() {
        stripeRefuses();
        signUp("ada", "bob");

        var groups = product.api("GET", API + "/groups", "").body().path("items");

        assertThat(groups).hasSize(1);
        assertThat(groups.path(0).path("destination").asText()).isEqualTo("stripe");
        assertThat(groups.path(0).path("reason").asText()).contains("400");
        assertThat(groups.path(0).path("letters").asInt()).isEqualTo(2);
        assertThat(product.api("GET", API + "/counts", "")
                        .body()
                        .at("/open/stripe")
                        .asInt())
                .isEqualTo(2);
        var first = product.api("GET", API + "?limit=1", "").body();
        var second = product.api(
                        "GET", API + "?limit=1&before=" + first.path("next").asText(), "")
                .body();
        assertThat(List.of(
                        first.at("/items/0/subject").asText(),
                        second.at("/items/0/subject").asText()))
                .containsExactlyInAnyOrder(stage.id("ada"), stage.id("bob"));
        assertThat(second.path("next").isNull()).isTrue();
    }

    @Test
    void oneIsReplayedAndItsOutcomeIsSeen() {
        stripeRefuses();
        signUp("ada", "bob");
        stripeHeals();
        var ada = letters("open").stream()
                .filter(letter -> letter.path("subject").asText().equals(stage.id("ada")))
                .findFirst()
                .orElseThrow();
        var id = ada.path("id").asText();

        assertThat(decide("replay", "{\"id\": \"" + id + "\"}").path("letters").asInt())
                .isOne();
        settled();

        assertThat(name("ada")).isEqualTo("ada");
        assertThat(name("bob")).isEqualTo("nobody");
        assertThat(held()).isOne();
        var letter = product.api("GET", API + '/' + id, "").body();
        assertThat(letter.path("state").asText()).isEqualTo("replayed");
        assertThat(letter.path("outcome").asText()).isEqualTo("created");
        assertThat(product.database().queryForList("select action || ' ' || target from audit_entry", String.class))
                .containsExactly("replay dead letter " + id);
        assertThat(decide("replay", "{\"id\": \"" + id + "\"}").path("letters").asInt())
                .isZero();
    }

    @Test
    void whatTheVendorRefusesAgainIsANewLetterAndTheOldOneSaysSo() {
        stripeRefuses();
        signUp("ada");
        var id = letters("open").get(0).path("id").asText();

        decide("replay", "{\"destination\": \"stripe\"}");
        settled();

        assertThat(letters("open")).hasSize(1);
        assertThat(letters("open").get(0).path("event").asText()).isEqualTo("replay/" + id);
        assertThat(product.api("GET", API + '/' + id, "").body().path("outcome").asText())
                .startsWith("parked: ");
        assertThat(held()).isOne();
    }

    @Test
    void anOldLetterNeverUndoesWhatIsNewer() {
        stripeRefuses();
        signUp("ada");
        var first = letters("open").get(0).path("id").asText();
        stripeHeals();
        product.hold("stripe");
        rename("ada", "King");

        decide("replay", "{\"id\": \"" + first + "\"}");
        settled();
        product.release("stripe");
        product.quiet();

        assertThat(name("ada")).isEqualTo("ada King");
        assertThat(Calls.writes(stage, "stripe")).isNotEmpty();
    }

    @Test
    void whoChangedMeanwhileIsSentAsTheyAreNow() {
        stripeRefuses();
        signUp("ada");
        product.control(
                "PATCH",
                "/users/" + stage.id("ada"),
                JsonNodeFactory.instance.objectNode().put("surname", "King"));
        stripeHeals();

        decide("replay", "{\"all\": true}");
        settled();

        assertThat(name("ada")).isEqualTo("ada King");
        assertThat(letters("open")).isEmpty();
    }

    @Test
    void oneOfAnotherDestinationOfTheSameUserWaitsOn() {
        stripeRefuses();
        product.control("PUT", "/systems/salesforce/faults", json("{\"status\": 400, \"path\": \"/services/data\"}"));
        signUp("ada");
        assertThat(letters("open")).hasSize(2);
        stripeHeals();
        product.control("DELETE", "/systems/salesforce/faults", null);

        decide("replay", "{\"destination\": \"stripe\"}");
        settled();

        assertThat(letters("open"))
                .extracting(letter -> letter.path("destination").asText())
                .containsExactly("salesforce");
        assertThat(name("ada")).isEqualTo("ada");
    }

    @Test
    void whatIsDismissedLeavesTheQueueAndNothingIsSent() {
        stripeRefuses();
        signUp("ada", "bob");
        eventually(usher -> assertThat(mails()).contains("parked: stripe"));
        stripeHeals();
        stage.begin();

        var decided = decide(
                "dismiss",
                "{\"destination\": \"stripe\", \"reason\": "
                        + letters("open").get(0).path("reason") + "}");
        settled();

        assertThat(decided.path("letters").asInt()).isEqualTo(2);
        assertThat(held()).isZero();
        assertThat(Calls.writes(stage, "stripe")).isEmpty();
        assertThat(letters("dismissed")).hasSize(2);
        eventually(usher -> assertThat(
                        usher.control("GET", "/systems/mail/records", null).toString())
                .contains("all clear"));
    }

    @Test
    void aDeletionThatWasGivenUpIsMadeAndAUserWhoIsBackStays() {
        signUp("ada", "bob");
        stripeRefuses();
        product.control("DELETE", "/users/" + stage.id("ada"), null);
        product.control("DELETE", "/users/" + stage.id("bob"), null);
        product.quiet();
        stripeHeals();
        product.control("POST", "/users/" + stage.id("bob") + "/restore", null);

        decide("replay", "{\"all\": true}");
        settled();

        var records = product.control("GET", "/systems/stripe/records", null);
        assertThat(StreamSupport.stream(records.spliterator(), false)
                        .filter(record ->
                                record.at("/metadata/directory_state").asText().equals("deleted"))
                        .map(record -> record.at("/metadata/entra_object_id").asText()))
                .containsExactly(stage.id("ada"));
        assertThat(letters("open")).isEmpty();
    }

    @Test
    void anEventThatCouldNotBeRoutedIsRoutedAgain() {
        product.bean(Events.class)
                .publish(List.of(new IdentityEvent(
                        "odd-1",
                        "/test",
                        "user.promoted",
                        "11111111-2222-4333-8444-555555555555",
                        Instant.now(),
                        null)));
        product.quiet();
        var id = letters("open").get(0).path("id").asText();
        assertThat(letters("open").get(0).path("destination").asText()).isEqualTo("router");

        decide("replay", "{\"id\": \"" + id + "\"}");
        settled();

        assertThat(letters("open")).hasSize(1);
        assertThat(letters("open").get(0).path("id").asText()).isNotEqualTo(id);
        assertThat(held()).isOne();
    }

    @Test
    void whatALaterDeliveryBroughtThereIsClosedByItself() {
        stripeRefuses();
        signUp("ada");
        var id = letters("open").get(0).path("id").asText();
        stripeHeals();
        rename("ada", "King");

        eventually(usher -> assertThat(letters("resolved"))
                .extracting(letter -> letter.path("id").asText())
                .containsExactly(id));
        settled();

        assertThat(letters("resolved").get(0).path("note").asText()).contains("later delivery");
        assertThat(held()).isZero();
    }

    @Test
    void aLetterWhoseMessageWasNeverSentIsReplayedAllTheSame() {
        stripeRefuses();
        signUp("ada");
        product.queues().purge();
        stripeHeals();

        decide("replay", "{\"all\": true}");
        product.database().update("update dead_letter set decided_at = decided_at - 60000");
        settled();

        assertThat(name("ada")).isEqualTo("ada");
    }

    @Test
    void aRestartAfterTheDecisionLosesAndDoublesNothing() {
        stripeRefuses();
        signUp("ada", "bob");
        stripeHeals();
        stage.begin();

        decide("replay", "{\"all\": true}");
        product.restart();
        settled();

        assertThat(name("ada")).isEqualTo("ada");
        assertThat(name("bob")).isEqualTo("bob");
        assertThat(Calls.writes(stage, "stripe")).hasSize(2);
        assertThat(held()).isZero();
    }

    @Test
    void whoDoesNotSayWhichIsAsked() {
        for (var selection : List.of("{}", "{\"all\": false}", "{\"all\": true, \"destination\": \"stripe\"}")) {
            var answer = product.api("POST", API + "/replay", selection);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body().path("detail").asText()).contains("\"all\": true");
        }
        assertThat(product.api("POST", API + "/dismiss", "{\"id\": \"none\"}").status())
                .isEqualTo(404);
    }
}
