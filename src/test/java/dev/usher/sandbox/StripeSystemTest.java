package dev.usher.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.TestClock;
import dev.usher.sandbox.SandboxClient.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripeSystemTest {
    private static final String CUSTOMERS = "/v1/customers";

    private final TestClock clock = new TestClock();
    private final Sandbox sandbox = Sandbox.start(SandboxPorts.random(), clock);
    private final SandboxClient client = new SandboxClient(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void twoCreatesMakeTwoCustomers() {
        Reply one = create("email=a%40mail.test");
        Reply two = create("email=a%40mail.test");

        assertThat(one.status()).isEqualTo(200);
        assertThat(one.header("Request-Id")).startsWith("req_");
        assertThat(id(one)).startsWith("cus_").isNotEqualTo(id(two));
        assertThat(client.records("stripe")).hasSize(2);
    }

    @Test
    void metadataIsMergedAndUnset() {
        String id = id(create("metadata%5Ba%5D=1&metadata[b]=2&name=Ada"));

        Reply changed = client.stripe("POST", CUSTOMERS + "/" + id, "metadata[b]=&metadata[c]=3&name=");

        assertThat(changed.body().get("metadata").toString()).isEqualTo("{\"a\":\"1\",\"c\":\"3\"}");
        assertThat(changed.body().get("name").isNull()).isTrue();
        Reply unset = client.stripe("POST", CUSTOMERS + "/" + id, "metadata=");
        assertThat(unset.body().get("metadata")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "nmae=Ada,parameter_unknown,nmae",
        "email=nobody,email_invalid,email",
        "balance=much,parameter_invalid_integer,balance",
        "metadata%5B12345678901234567890123456789012345678901%5D=1,,metadata"
    })
    void aWrongParameterIsRefused(String form, String code, String parameter) {
        Reply reply = create(form);

        JsonNode error = reply.body().get("error");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(error.get("type").textValue()).isEqualTo("invalid_request_error");
        assertThat(error.path("code").textValue()).isEqualTo(code);
        assertThat(error.get("param").textValue()).isEqualTo(parameter);
    }

    @Test
    void jsonAndForeignKeysAreRefused() {
        Reply json = client.stripe("POST", CUSTOMERS, "{}", "Accept", "*/*");
        Reply typed = client.send(SandboxClient.request(
                        "POST", "http://127.0.0.1:" + sandbox.port("stripe") + CUSTOMERS, "{\"name\":\"Ada\"}")
                .header("Authorization", "Bearer rk_test_sandbox"));
        Reply foreign =
                client.send(SandboxClient.request("GET", "http://127.0.0.1:" + sandbox.port("stripe") + CUSTOMERS, "")
                        .header("Authorization", "Bearer rk_live_somebody_else"));

        assertThat(json.status()).isEqualTo(400);
        assertThat(typed.status()).isEqualTo(400);
        assertThat(foreign.status()).isEqualTo(401);
        assertThat(foreign.text()).doesNotContain("somebody");
    }

    @Test
    void aKeyRepeatsTheFirstAnswer() {
        Reply first = create("name=Ada&phone=1", "Idempotency-Key", "k1");

        Reply again = create("phone=1&name=Ada", "Idempotency-Key", "k1");

        assertThat(id(again)).isEqualTo(id(first));
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(first.header("Idempotent-Replayed")).isNull();
        assertThat(client.records("stripe")).hasSize(1);
    }

    @Test
    void aKeyIsForOneRequestOnly() {
        create("name=Ada", "Idempotency-Key", "k1");

        Reply other = create("name=Bob", "Idempotency-Key", "k1");

        assertThat(other.status()).isEqualTo(400);
        assertThat(other.body().get("error").get("type").textValue()).isEqualTo("idempotency_error");
    }

    @Test
    void aKeyIsFreeAgainAfterAnInvalidRequest() {
        create("nmae=Ada", "Idempotency-Key", "k1");

        Reply corrected = create("name=Ada", "Idempotency-Key", "k1");

        assertThat(corrected.status()).isEqualTo(200);
    }

    @Test
    void aMissingCustomerIsRememberedUnderItsKey() {
        Reply missing = client.stripe("POST", CUSTOMERS + "/cus_none", "name=A", "Idempotency-Key", "k1");

        Reply again = client.stripe("POST", CUSTOMERS + "/cus_none", "name=A", "Idempotency-Key", "k1");

        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.body().get("error").get("code").textValue()).isEqualTo("resource_missing");
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void aKeyInFlightConflicts() {
        client.control("PUT", "/systems/stripe/faults", "{\"latency\":\"PT1S\",\"count\":1}");
        CompletableFuture<Reply> first =
                CompletableFuture.supplyAsync(() -> create("name=Ada", "Idempotency-Key", "k1"));
        Awaitility.await().until(() -> client.calls("stripe").size() == 1);

        Reply second = create("name=Ada", "Idempotency-Key", "k1");

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.body().get("error").get("code").textValue()).isEqualTo("idempotency_key_in_use");
        assertThat(id(create("name=Ada", "Idempotency-Key", "k2"))).isNotEqualTo(id(first.join()));
        assertThat(create("name=Ada", "Idempotency-Key", "k1").header("Idempotent-Replayed"))
                .isEqualTo("true");
    }

    @Test
    void aLostAnswerIsFoundAgainUnderItsKeyUntilStripeForgetsIt() {
        client.control("PUT", "/systems/stripe/faults", "{\"cut\":\"after\",\"count\":1}");
        org.assertj.core.api.Assertions.catchThrowable(() -> create("name=Ada", "Idempotency-Key", "k1"));

        Reply again = create("name=Ada", "Idempotency-Key", "k1");

        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(client.records("stripe")).hasSize(1);

        client.control("POST", "/systems/stripe/forget-keys", "");
        create("name=Ada", "Idempotency-Key", "k1");

        assertThat(client.records("stripe")).hasSize(2);
    }

    @Test
    void anOrdered503IsNotKeptUnderTheKey() {
        client.control("PUT", "/systems/stripe/faults", "{\"status\":503,\"count\":1}");

        assertThat(create("name=Ada", "Idempotency-Key", "k1").status()).isEqualTo(503);
        assertThat(create("name=Ada", "Idempotency-Key", "k1").status()).isEqualTo(200);
    }

    @Test
    void theListIsImmediateAndCaseSensitive() {
        String first = id(create("email=a%40mail.test"));
        create("email=A%40mail.test");
        String third = id(create("email=a%40mail.test"));

        Reply page = client.stripe("GET", CUSTOMERS + "?email=a%40mail.test&limit=1", "");
        Reply next = client.stripe("GET", CUSTOMERS + "?email=a%40mail.test&limit=1&starting_after=" + third, "");

        assertThat(page.body().get("data").get(0).get("id").textValue()).isEqualTo(third);
        assertThat(page.body().get("has_more").booleanValue()).isTrue();
        assertThat(next.body().get("data").get(0).get("id").textValue()).isEqualTo(first);
        assertThat(next.body().get("has_more").booleanValue()).isFalse();
    }

    @Test
    void theSearchLagsBehind() {
        String id = id(create("metadata[entra_object_id]=o1&email=a%40mail.test"));
        String query = CUSTOMERS + "/search?query=" + SandboxClient.encoded("metadata['entra_object_id']:'o1'");

        assertThat(client.stripe("GET", query, "").body().get("data")).isEmpty();

        clock.advance(Duration.ofSeconds(61));

        assertThat(client.stripe("GET", query, "")
                        .body()
                        .get("data")
                        .get(0)
                        .get("id")
                        .textValue())
                .isEqualTo(id);
        Reply bad =
                client.stripe("GET", CUSTOMERS + "/search?query=" + SandboxClient.encoded("metadata[entra]=o1"), "");
        assertThat(bad.status()).isEqualTo(400);
    }

    @Test
    void aDeletedCustomerIsShownAsDeleted() {
        String id = id(create("name=Ada"));

        Reply deleted = client.stripe("DELETE", CUSTOMERS + "/" + id, "");

        assertThat(deleted.body().get("deleted").booleanValue()).isTrue();
        assertThat(client.stripe("GET", CUSTOMERS + "/" + id, "")
                        .body()
                        .get("deleted")
                        .booleanValue())
                .isTrue();
        assertThat(client.stripe("POST", CUSTOMERS + "/" + id, "name=B").status())
                .isEqualTo(404);
        assertThat(client.stripe("DELETE", CUSTOMERS + "/" + id, "").status()).isEqualTo(404);
        assertThat(client.records("stripe")).isEmpty();
    }

    @Test
    void theTwentySixthCallOfASecondIsThrottledBeforeItsKeyIsSeen() {
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < 26; i++) {
            replies.add(create("name=Ada", "Idempotency-Key", "k" + i));
        }

        Reply last = replies.get(25);
        assertThat(replies.subList(0, 25)).allMatch(reply -> reply.status() == 200);
        assertThat(last.status()).isEqualTo(429);
        assertThat(last.body().get("error").get("code").textValue()).isEqualTo("rate_limit");
        assertThat(last.header("Stripe-Rate-Limited-Reason")).isEqualTo("global-rate");
        assertThat(last.header("Retry-After")).isNull();
        Awaitility.await()
                .until(() -> create("name=Ada", "Idempotency-Key", "k25").status() == 200);
    }

    private Reply create(String form, String... headers) {
        return client.stripe("POST", CUSTOMERS, form, headers);
    }

    private static String id(Reply reply) {
        return reply.body().get("id").textValue();
    }
}
