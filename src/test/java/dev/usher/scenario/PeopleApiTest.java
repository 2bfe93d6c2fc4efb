package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.stripe.StripeSystem;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One person by the API: found, explained, planned for and synchronised, in the whole product. */
@ExtendWith(RunningUsher.class)
class PeopleApiTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Product product;
    private String ada;

    PeopleApiTest(Product product) {
        this.product = product;
    }

    @BeforeEach
    void adaSignsUp() {
        product.reset();
        ada = signUp("ada@example.org", "Lovelace");
        product.quiet();
        product.sandbox().names().forEach(name -> product.sandbox().system(name).forgetCalls());
    }

    @AfterEach
    void nothingIsLeft() {
        product.reset();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private String signUp(String email, String surname) {
        return product.control(
                        "POST",
                        "/sign-ups",
                        object().put("email", email).put("givenName", "Ada").put("surname", surname))
                .path("userId")
                .asText();
    }

    private void change(String surname) {
        product.control("PATCH", "/users/" + ada, object().put("surname", surname));
    }

    private void faults(String system, int status) {
        product.control("PUT", "/systems/" + system + "/faults", object().put("status", status));
    }

    private void heal(String system) {
        product.control("DELETE", "/systems/" + system + "/faults", null);
    }

    private JsonNode ok(String method, String path, String body) {
        var answer = product.api(method, path, body);
        assertThat(answer.status())
                .describedAs("%s %s: %s", method, path, answer.body())
                .isBetween(200, 299);
        return answer.body();
    }

    private JsonNode search(String text) {
        return ok("POST", "/api/people/search", object().put("query", text).toString());
    }

    private JsonNode timeline(String more) {
        return ok("GET", "/api/people/" + ada + "/timeline" + more, "").path("items");
    }

    private JsonNode last(String destination) {
        return timeline("?limit=1&destination=" + destination).path(0);
    }

    private JsonNode standing(String destination) {
        return named(ok("GET", "/api/people/" + ada, "").path("destinations"), destination);
    }

    private static JsonNode named(JsonNode list, String destination) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(one -> one.path("destination").asText().equals(destination))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode order(String user) {
        return ok("POST", "/api/people/" + user + "/synchronise", "");
    }

    private JsonNode planned(String destination) {
        return named(ok("POST", "/api/people/" + ada + "/plan", "").path("destinations"), destination);
    }

    private long rows() {
        return product.database().queryForObject("select count(*) from delivery", Long.class);
    }

    private List<String> methods(String system) {
        return product.sandbox().system(system).calls().stream()
                .map(call -> call.toJson().path("method").asText())
                .toList();
    }

    private String stripeName() {
        return product.control("GET", "/systems/stripe/records", null)
                .path(0)
                .path("name")
                .asText();
    }

    /** Somebody edits the customer in Stripe's own console. */
    private void editStripeByHand(String name) {
        var id = standing("stripe").path("remoteId").asText();
        product.call(
                URI.create(product.settings().getProperty("usher.destinations.stripe.url") + "/v1/customers/" + id),
                "POST",
                "name=" + name,
                Map.of(
                        "Authorization",
                        "Bearer " + StripeSystem.KEY,
                        "Content-Type",
                        "application/x-www-form-urlencoded"));
        assertThat(stripeName()).isEqualTo(name);
    }

    @Test
    void aPersonIsFoundByObjectIdRemoteIdAndAddress() {
        var customer = standing("stripe").path("remoteId").asText();

        for (var text : List.of(ada, customer, " ADA@Example.org ")) {
            var answer = search(text);
            assertThat(answer.path("items")).hasSize(1);
            assertThat(answer.at("/items/0/subject").asText()).isEqualTo(ada);
            assertThat(answer.toString()).doesNotContainIgnoringCase("ada@example.org");
        }
        assertThat(search("nobody@example.org").path("hint").asText()).contains("was last read");
    }

    @Test
    void theTimelineTellsWhy() {
        var created = last("stripe");
        var skipped = last("mailchimp");

        assertThat(created.path("text").asText())
                .matches(
                        "Stripe took it as cus_\\w+ after [^,]+, [^,]+ after the sign-up, which was seen after [^,]+\\."
                                + " Rule: everybody\\.");
        assertThat(created.path("requestId").asText()).startsWith("req_");
        var happened = Instant.parse(created.path("happenedAt").asText());
        var seen = Instant.parse(created.path("seenAt").asText());
        assertThat(seen)
                .isAfterOrEqualTo(happened)
                .isBeforeOrEqualTo(created.path("at").asText());
        assertThat(skipped.path("text").asText()).isEqualTo("Not sent to Mailchimp: no marketing consent.");
    }

    @Test
    void theTimelineIsReadPageByPage() {
        var all = timeline("");
        List<JsonNode> read = new ArrayList<>();
        var next = "";
        do {
            var page = ok("GET", "/api/people/" + ada + "/timeline?limit=2" + next, "");
            page.path("items").forEach(read::add);
            next = page.hasNonNull("next") ? "&before=" + page.path("next").asText() : "";
        } while (!next.isEmpty());

        assertThat(read).hasSizeGreaterThan(4).containsExactlyElementsOf(all);
    }

    @Test
    void aFailureNamesTheNextTryUntilItIsDone() {
        faults("stripe", 500);
        change("King");
        product.poll();

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(last("stripe").path("outcome").asText()).isEqualTo("retrying"));
        var line = last("stripe");
        assertThat(line.path("text").asText()).contains("HTTP 500", "The next try comes at");
        assertThat(Instant.parse(line.path("nextTryAt").asText()))
                .isAfter(line.path("at").asText());
        assertThat(standing("stripe").path("state").asText()).isIn("waiting", "parked");

        heal("stripe");
        order(ada);
        product.quiet();
        assertThat(standing("stripe").path("state").asText()).isEqualTo("current");
        assertThat(stripeName()).isEqualTo("Ada King");
    }

    @Test
    void anOrderReachesEveryDestinationAlthoughNothingChanged() {
        var event = order(ada).path("event").asText();
        product.quiet();

        for (var destination : List.of("stripe", "sql", "salesforce")) {
            var line = last(destination);
            assertThat(line.path("eventId").asText()).isEqualTo(event);
            assertThat(line.path("outcome").asText()).isEqualTo("unchanged");
        }
        assertThat(methods("stripe")).containsExactly("GET");
        assertThat(product.database()
                        .queryForList("select action from audit_entry where target = ?", String.class, ada))
                .contains("synchronise");
    }

    @Test
    void anOrderUndoesWhatWasChangedByHandEveryTime() {
        for (int i = 0; i < 2; i++) {
            editStripeByHand("Mallory");
            order(ada);
            product.quiet();
            assertThat(stripeName()).isEqualTo("Ada Lovelace");
            assertThat(last("stripe").path("text").asText()).contains("hand-edited", "after it was asked for");
        }
    }

    @Test
    void whoWasNeverSeenIsSynchronisedByObjectId() {
        var bob = signUp("bob@example.org", "Babbage");

        order(bob);

        await().atMost(SOON)
                .until(() -> product.api("GET", "/api/people/" + bob, "")
                        .body()
                        .toString()
                        .contains("Holds this person as cus_"));
    }

    @Test
    void anOrderForNobodySaysSo() {
        ada = UUID.randomUUID().toString();
        order(ada);
        product.quiet();

        assertThat(last("router").path("text").asText())
                .isEqualTo("The order to synchronise ended in the router: the directory has no such user.");
        assertThat(product.api("GET", "/api/people/" + UUID.randomUUID(), "").status())
                .isEqualTo(404);
    }

    @Test
    void anOrderWaitsForADirectoryThatIsDown() {
        change("King");
        faults("entra", 503);
        order(ada);

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(last("router").path("outcome").asText()).isEqualTo("retrying"));
        heal("entra");
        await().atMost(SOON).untilAsserted(() -> assertThat(stripeName()).isEqualTo("Ada King"));
    }

    @Test
    void aDryRunShowsFieldByFieldWhatWouldBeWrittenAndWritesNothing() {
        change("King");
        long before = rows();

        var stripe = planned("stripe");

        assertThat(stripe.path("act").asText()).isEqualTo("update");
        assertThat(stripe.path("rule").asText()).isEqualTo("everybody");
        assertThat(stripe.path("looked").asBoolean()).isTrue();
        assertThat(stripe.path("differences")).hasSize(1);
        assertThat(stripe.at("/differences/0/field").asText()).isEqualTo("name");
        assertThat(stripe.at("/differences/0/holds").asText()).isEqualTo("Ada Lovelace");
        assertThat(stripe.at("/differences/0/wanted").asText()).isEqualTo("Ada King");
        assertThat(planned("sql").at("/differences/0/field").asText()).isEqualTo("family_name");
        assertThat(planned("mailchimp").path("text").asText()).isEqualTo("Not sent: no marketing consent.");
        assertThat(planned("entra").path("sent").asBoolean()).isTrue();
        assertThat(rows()).isEqualTo(before);
        assertThat(methods("stripe")).containsOnly("GET");
        assertThat(stripeName()).isEqualTo("Ada Lovelace");
        assertThat(product.queues().busy(java.util.Set.of())).isEmpty();
        assertThat(product.database().queryForList("select * from hand_edit")).isEmpty();
    }

    @Test
    void aDryRunOfNoChangeSaysSoAndOneOfAHandEditShowsIt() {
        assertThat(planned("stripe").path("act").asText()).isEqualTo("unchanged");

        editStripeByHand("Mallory");

        assertThat(planned("stripe").at("/differences/0/holds").asText()).isEqualTo("Mallory");
        assertThat(product.database().queryForList("select * from hand_edit")).isEmpty();
    }

    @Test
    void aDryRunOfSomebodyNeverSeenIsACreate() {
        ada = signUp("bob@example.org", "Babbage");

        var stripe = planned("stripe");

        assertThat(stripe.path("act").asText()).isEqualTo("create");
        assertThat(stripe.path("looked").asBoolean()).isFalse();
        assertThat(stripe.path("differences").toString()).contains("bob@example.org");
        assertThat(product.database().queryForList("select * from person where subject = ?", ada))
                .isEmpty();
    }

    @Test
    void whatCannotBeLookedAtIsComparedWithWhatIsRemembered() {
        change("King");
        faults("stripe", 500);

        var stripe = planned("stripe");

        assertThat(stripe.path("act").asText()).isEqualTo("update");
        assertThat(stripe.path("looked").asBoolean()).isFalse();
        assertThat(stripe.path("text").asText()).contains("compared with what Usher remembers", "HTTP 500");
    }

    @Test
    void aDryRunWithoutADirectoryIsRefusedInWords() {
        faults("entra", 503);

        var answer = product.api("POST", "/api/people/" + ada + "/plan", "");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body().path("detail").asText()).contains("cannot be read now", "HTTP 503");
    }

    @Test
    void whatIsNoObjectIdIsRefusedInWords() {
        var answer = product.api("POST", "/api/people/cus_1/synchronise", "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("detail").asText()).contains("no object id");
        assertThat(product.api("POST", "/api/people/search", "{}").status()).isEqualTo(400);
        assertThat(product.api("GET", "/api/people/" + ada + "/timeline?before=x", "")
                        .status())
                .isEqualTo(400);
        assertThat(product.api("GET", "/api/people/" + ada + "/timeline?limit=0", "")
                        .status())
                .isEqualTo(400);
    }
}
