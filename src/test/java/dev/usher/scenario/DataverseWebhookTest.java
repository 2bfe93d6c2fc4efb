package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a caller of the webhook is told. Each test spoils one thing of a call that is accepted. */
@ExtendWith(RunningUsher.class)
class DataverseWebhookTest {

    private static final String CHANGE = """
            {"MessageName": "Update", "PrimaryEntityName": "contact", "Depth": 1, "NobodyKnows": {"this": [1]},
             "PrimaryEntityId": "C0FFEE00-0000-4000-8000-000000000001", "OperationId": "0a000000-0000-4000-8000-000000000001",
             "OperationCreatedOn": "\\/Date(1772446522000-0700)\\/", "InitiatingUserId": "0a000000-0000-4000-8000-000000000002",
             "SharedVariables": [], "InputParameters": [{"key": "Target", "value": {"__type":
             "Entity:http:\\/\\/schemas.microsoft.com\\/xrm\\/2011\\/Contracts", "Attributes": []}}]}""";

    private final Product product;

    DataverseWebhookTest(Product product) {
        this.product = product;
    }

    @BeforeEach
    void begin() {
        product.reset();
    }

    private Product.Answer post(String body, String... headers) {
        return send("POST", product.hook(), body, headers);
    }

    private Product.Answer send(String method, URI address, String body, String... headers) {
        var all = new java.util.HashMap<String, String>();
        all.put("Content-Type", "application/json; charset=utf-8");
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return product.call(address, method, body, all);
    }

    private Product.Answer accepted(String body) {
        return post(body, "x-usher-secret", Product.NEW_SECRET);
    }

    private void assertRefused(Product.Answer answer, int status, String reason) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().path("error").asText()).contains(reason);
        assertThat(answer.body().size()).isEqualTo(1);
    }

    private List<Map<String, Object>> log() {
        product.quiet();
        return product.database().queryForList("select subject, outcome, reason from delivery");
    }

    @Test
    void aChangeIsAcceptedAndLaterSkippedAsNobodys() {
        var answer = accepted(CHANGE);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body().path("accepted").asBoolean()).isTrue();
        assertThat(log()).singleElement().satisfies(row -> {
            assertThat(row.get("subject")).isEqualTo("c0ffee00-0000-4000-8000-000000000001");
            assertThat(row.get("outcome")).isEqualTo("skipped");
        });
    }

    @Test
    void theSecretMayBeTheOldOneAndMayComeAsCode() {
        assertThat(post(CHANGE, "x-usher-secret", Product.OLD_SECRET).status()).isEqualTo(202);
        assertThat(send("POST", URI.create(product.hook() + "?code=" + Product.OLD_SECRET), CHANGE)
                        .status())
                .isEqualTo(202);
    }

    @Test
    void aMissingOrWrongSecretIsRefused() {
        long before = product.queues().added();

        assertRefused(post(CHANGE), 401, "secret");
        assertRefused(post(CHANGE, "x-usher-secret", "a-new-secret-of-the-webhooK"), 401, "secret");
        assertRefused(send("POST", URI.create(product.hook() + "?code="), CHANGE), 401, "secret");

        assertThat(product.queues().added()).isEqualTo(before);
    }

    @Test
    void whatIsNoContextIsRefusedInWords() {
        long before = product.queues().added();

        assertRefused(accepted("{"), 400, "no JSON");
        assertRefused(accepted("[]"), 400, "JSON object");
        assertRefused(accepted("[".repeat(5000)), 400, "no JSON");
        assertRefused(accepted(CHANGE.replace("MessageName", "Message")), 400, "MessageName is missing");
        assertRefused(accepted(CHANGE.replace("C0FFEE00-", "../")), 400, "PrimaryEntityId is no GUID");
        assertRefused(accepted(" ".repeat(1024 * 1024 + 1)), 413, "longer than 1048576");
        assertRefused(
                send("GET", product.hook(), "", "x-usher-secret", Product.NEW_SECRET), 405, "only POST is possible");
        assertRefused(
                send(
                        "POST",
                        product.hook(),
                        CHANGE,
                        "x-usher-secret",
                        Product.NEW_SECRET,
                        "Content-Type",
                        "application/x-www-form-urlencoded"),
                415,
                "application/json");

        assertThat(product.queues().added()).isEqualTo(before);
    }

    @Test
    void ourOwnWriteAndWhatIsNoContactAreTakenAndDropped() {
        long before = product.queues().added();

        var tagged = accepted(CHANGE.replace(
                "\"SharedVariables\": []", "\"SharedVariables\": [{\"key\": \"tag\", \"value\": \"usher\"}]"));
        var account = accepted(CHANGE.replace("\"contact\"", "\"account\""));
        var merge = accepted(CHANGE.replace("\"Update\"", "\"Associate\""));

        for (var answer : List.of(tagged, account, merge)) {
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.body().path("accepted").asBoolean()).isFalse();
            assertThat(answer.body().path("ignored").asText()).isNotBlank();
        }
        assertThat(product.queues().added()).isEqualTo(before);
    }

    @Test
    void aWriteOfOurApplicationUserIsDroppedWithoutItsTag() {
        product.pollContacts(); // asks Dataverse who we are
        long before = product.queues().added();

        var ours = accepted(
                CHANGE.replace("0a000000-0000-4000-8000-000000000002", "0A000000-0000-4000-8000-00000000A991"));
        var another = accepted(CHANGE);

        assertThat(ours.body().path("ignored").asText()).isEqualTo("written by Usher itself");
        assertThat(another.body().path("accepted").asBoolean()).isTrue();
        assertThat(product.queues().added()).isEqualTo(before + 1);
    }

    @Test
    void aBodyOfMoreThan256KilobytesAndOneStrippedOfItsAttributesServeAsWell() {
        var attribute = "{\"key\": \"description\", \"value\": \"" + "x".repeat(300 * 1024) + "\"}";
        var stripped = """
                {"MessageName": "Update", "PrimaryEntityName": "contact", "OperationId": "0a000000-0000-4000-8000-000000000003",
                 "PrimaryEntityId": "C0FFEE00-0000-4000-8000-000000000002"}""";

        var whole = accepted(CHANGE.replace("\"Attributes\": []", "\"Attributes\": [" + attribute + "]"));
        var less = post(stripped, "x-usher-secret", Product.NEW_SECRET, "x-ms-dynamics-msg-size-exceeded", "true");

        assertThat(whole.status()).isEqualTo(202);
        assertThat(less.status()).isEqualTo(202);
        assertThat(log())
                .extracting(row -> row.get("subject"))
                .containsExactlyInAnyOrder(
                        "c0ffee00-0000-4000-8000-000000000001", "c0ffee00-0000-4000-8000-000000000002");
    }

    @Test
    void noHeaderAndNoParameterOfTheCallerTravelsOn() {
        var address = URI.create(product.hook() + "?code=" + Product.NEW_SECRET
                + "&JMSXGroupID=g&usherSubject=somebody&CamelJmsDestinationName=dead-letters&JMSPriority=9");

        var answer = send("POST", address, CHANGE, "usherVersion", "9223372036854775807", "CamelHttpUri", "http://x");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(log())
                .singleElement()
                .satisfies(row -> assertThat(row.get("subject")).isEqualTo("c0ffee00-0000-4000-8000-000000000001"));
    }

    @Test
    void registeringTwiceIsRegisteringOnce() {
        assertThat(product.registerWebhook().status()).isEqualTo(200);

        var again = product.registerWebhook();

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body().path("registered").asBoolean()).isTrue();
        assertThat(again.body().path("steps").path("Update").asText()).isEqualTo("registered");
        assertThat(product.sandbox().system("dataverse").calls().stream()
                        .filter(call -> call.method().equals("POST")))
                .hasSize(4);
    }
}
