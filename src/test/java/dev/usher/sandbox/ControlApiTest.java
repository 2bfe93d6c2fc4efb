package dev.usher.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.sandbox.SandboxClient.Reply;
import dev.usher.sandbox.entra.EntraTenant;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlApiTest {
    private final Sandbox sandbox = Sandbox.start(SandboxPorts.random());
    private final SandboxClient client = new SandboxClient(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aSignUpMakesAUserWithAPoorPrincipalName() {
        Reply reply = client.control(
                "POST",
                "/sign-ups",
                "{\"email\":\"ada@mail.test\",\"givenName\":\"Ada\",\"marketingConsent\":true,\"attributes\":{\"points\":3}}");

        JsonNode user = client.records("entra").get(0);
        assertThat(reply.status()).isEqualTo(201);
        assertThat(user.get("id")).isEqualTo(reply.body().get("userId"));
        assertThat(user.get("userPrincipalName").textValue())
                .isEqualTo(user.get("id").textValue() + "@" + EntraTenant.DOMAIN);
        assertThat(user.get("displayName").textValue()).isEqualTo("unknown");
        assertThat(user.get("mail").isNull()).isTrue();
        assertThat(user.get(EntraTenant.extension("marketingConsent")).booleanValue())
                .isTrue();
        assertThat(user.get(EntraTenant.extension("points")).intValue()).isEqualTo(3);
        assertThat(user.has(EntraTenant.extension("customerType"))).isFalse();
        assertThat(user.get("identities").get(0).get("issuerAssignedId").textValue())
                .isEqualTo("ada@mail.test");
    }

    @Test
    void anArrayOfSignUpsIsAnsweredInTheSameOrder() {
        Reply reply = client.control("POST", "/sign-ups", "[{\"email\":\"a@mail.test\"},{\"email\":\"b@mail.test\"}]");

        JsonNode users = client.records("entra");
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.body()).hasSize(2);
        assertThat(reply.body().get(0).get("userId")).isEqualTo(users.get(0).get("id"));
        assertThat(reply.body().get(1).get("userId")).isEqualTo(users.get(1).get("id"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|/sign-ups|{\"givenName\":\"Ada\"}|email",
                "POST|/sign-ups|{\"email\":\"a@mail.test\",\"nickname\":\"A\"}|nickname",
                "POST|/sign-ups|{\"email\":\"a@mail.test\",\"marketingConsent\":\"yes\"}|marketingConsent",
                "POST|/sign-ups|[{\"email\":\"a@mail.test\",\"auditDelay\":\"soon\"}]|auditDelay",
                "PUT|/systems/stripe/faults|{\"stauts\":503}|stauts",
                "PUT|/systems/stripe/faults|{\"share\":0}|share",
                "PUT|/systems/stripe/faults|{\"cut\":\"middle\"}|cut",
                "PUT|/systems/stripe/faults|{\"path\":\"(\"}|path",
                "PUT|/systems/stripe/limits|{\"perSecond\":0}|perSecond",
                "PUT|/systems/stripe/limits|{}|perSecond"
            })
    void aWrongMemberIsNamed(String method, String path, String body, String member) {
        Reply reply = client.control(method, path, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().get("error").textValue()).contains("\"" + member + "\"");
        assertThat(client.records("entra")).isEmpty();
    }

    @Test
    void anAddressSignsUpOnce() {
        client.signUp("{\"email\":\"ada@mail.test\"}");

        Reply again =
                client.control("POST", "/sign-ups", "[{\"email\":\"b@mail.test\"},{\"email\":\"ADA@mail.test\"}]");

        assertThat(again.status()).isEqualTo(409);
        assertThat(client.records("entra")).hasSize(1);
    }

    @Test
    void everyCallIsShownAsItCame() {
        client.stripe("POST", "/v1/customers?x=1", "email=a%40mail.test", "Idempotency-Key", "k1");
        client.stripe("GET", "/v1/customers/cus_none", "");

        JsonNode calls = client.calls("stripe");

        assertThat(calls).hasSize(2);
        assertThat(calls.get(0).get("method").textValue()).isEqualTo("POST");
        assertThat(calls.get(0).get("path").textValue()).isEqualTo("/v1/customers");
        assertThat(calls.get(0).get("body").textValue()).isEqualTo("email=a%40mail.test");
        assertThat(calls.get(0).get("headers").get("Idempotency-Key").textValue())
                .isEqualTo("k1");
        assertThat(calls.get(0).get("at").textValue()).endsWith("Z");
        assertThat(calls.get(1).get("status").intValue()).isEqualTo(404);
        assertThat(client.control("GET", "/systems/stripe/calls?method=post&path=customers&count=true", "")
                        .body()
                        .get("count")
                        .intValue())
                .isEqualTo(1);

        client.control("DELETE", "/systems/stripe/calls", "");

        assertThat(client.calls("stripe")).isEmpty();
    }

    @Test
    void anOrderedStatusIsAnsweredWithoutDoingTheWork() {
        client.control("PUT", "/systems/stripe/faults", "{\"status\":503,\"retryAfter\":2}");

        Reply reply = create("a");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("2");
        assertThat(reply.body().get("error").get("type").textValue()).isEqualTo("api_error");
        assertThat(client.records("stripe")).isEmpty();

        client.control("DELETE", "/systems/stripe/faults", "");

        assertThat(create("a").status()).isEqualTo(200);
    }

    @Test
    void latencyDelaysTheAnswerNotTheWork() {
        client.control("PUT", "/systems/stripe/faults", "{\"latency\":\"PT0.3S\"}");

        long start = System.nanoTime();
        Reply reply = create("a");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(System.nanoTime() - start).isGreaterThan(290_000_000L);
    }

    @ParameterizedTest
    @CsvSource({"before,0", "after,1"})
    void aCutConnectionGivesNoAnswer(String when, int customers) {
        client.control("PUT", "/systems/stripe/faults", "{\"cut\":\"" + when + "\",\"count\":1}");

        assertThatThrownBy(() -> create("a")).isInstanceOf(UncheckedIOException.class);

        assertThat(client.records("stripe")).hasSize(customers);
        assertThat(client.calls("stripe").get(0).get("status").isNull()).isTrue();
        assertThat(create("b").status()).isEqualTo(200);
    }

    @Test
    void aMalformedAnswerIsNoJson() {
        client.control("PUT", "/systems/stripe/faults", "{\"malformed\":true}");

        Reply reply = create("a");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isNull();
        assertThat(reply.text()).startsWith("{");
        assertThat(client.records("stripe")).hasSize(1);
    }

    @Test
    void aShareIsSpreadEvenly() {
        client.control("PUT", "/systems/stripe/faults", "{\"status\":500,\"share\":0.2}");

        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            statuses.add(create("a" + i).status());
        }

        assertThat(statuses).containsExactly(200, 200, 200, 200, 500, 200, 200, 200, 200, 500);
    }

    @Test
    void aCountEndsTheFault() {
        client.control("PUT", "/systems/stripe/faults", "{\"status\":500,\"count\":2}");

        List<Integer> statuses =
                List.of(create("a").status(), create("b").status(), create("c").status());

        assertThat(statuses).containsExactly(500, 500, 200);
    }

    @Test
    void aPathChoosesTheCalls() {
        client.control("PUT", "/systems/stripe/faults", "{\"status\":500,\"path\":\"/search\"}");

        assertThat(create("a").status()).isEqualTo(200);
        assertThat(client.stripe("GET", "/v1/customers/search?query=email%3A%27a%27", "")
                        .status())
                .isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({"401,invalid_request_error", "402,card_error", "404,invalid_request_error", "500,api_error"})
    void aFaultSpeaksTheVendorsLanguage(int status, String type) {
        client.control("PUT", "/systems/stripe/faults", "{\"status\":" + status + "}");
        client.control("PUT", "/systems/mailchimp/faults", "{\"status\":" + status + "}");
        client.control("PUT", "/systems/entra/faults", "{\"status\":" + status + ",\"path\":\"/v1.0/\"}");

        assertThat(create("a").body().get("error").get("type").textValue()).isEqualTo(type);
        assertThat(client.mailchimp("GET", "/ping", "").body().get("status").intValue())
                .isEqualTo(status);
        Reply graph = client.graph(client.token(), "GET", "/users", "");
        assertThat(graph.status()).isEqualTo(status);
        assertThat(graph.body().get("error").get("innerError").has("request-id"))
                .isTrue();
    }

    @Test
    void anOrderedLimitReplacesTheVendors() {
        client.control("PUT", "/systems/stripe/limits", "{\"perSecond\":3}");

        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            statuses.add(create("a" + i).status());
        }

        assertThat(statuses).containsExactly(200, 200, 200, 429);

        client.control("DELETE", "/systems/stripe/limits", "");

        for (int i = 0; i < 40; i++) {
            assertThat(create("b" + i).status()).isEqualTo(200);
        }
    }

    @Test
    void delayedCallsCountAsConcurrent() {
        client.control("PUT", "/systems/mailchimp/limits", "{\"concurrent\":2}");
        client.control("PUT", "/systems/mailchimp/faults", "{\"latency\":\"PT0.5S\"}");

        List<Integer> statuses = List.of(ping(), ping(), ping()).stream()
                .map(CompletableFuture::join)
                .map(Reply::status)
                .sorted()
                .toList();

        assertThat(statuses).containsExactly(200, 200, 429);
    }

    private CompletableFuture<Reply> ping() {
        return CompletableFuture.supplyAsync(
                () -> client.mailchimp("GET", "/ping", ""), task -> new Thread(task).start());
    }

    @Test
    void aResetEmptiesAndHealsEverything() {
        client.signUp("{\"email\":\"ada@mail.test\"}");
        create("a");
        client.control("PUT", "/systems/stripe/faults", "{\"status\":500}");
        client.control("PUT", "/systems/stripe/limits", "{\"perSecond\":1}");

        assertThat(client.control("POST", "/reset", "").status()).isEqualTo(204);

        for (String system : sandbox.names()) {
            assertThat(client.records(system)).isEmpty();
            assertThat(client.calls(system)).isEmpty();
        }
        assertThat(create("a").status()).isEqualTo(200);
        assertThat(create("b").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/systems/fax/calls", "/systems/stripe/nothing", "/nothing"})
    void whatIsNotThereIsNotFound(String path) {
        assertThat(client.control("GET", path, "").status()).isEqualTo(404);
    }

    @Test
    void theSystemsAreListed() {
        JsonNode names = client.control("GET", "/systems", "").body();

        assertThat(names)
                .extracting(JsonNode::textValue)
                .contains("entra", "stripe", "mailchimp", "sql", "dataverse", "mail");
    }

    private Reply create(String name) {
        return client.stripe("POST", "/v1/customers", "name=" + name);
    }
}
