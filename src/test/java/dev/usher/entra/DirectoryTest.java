package dev.usher.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.gather.Attempt;
import dev.usher.sandbox.Sandbox;
import dev.usher.sandbox.SandboxPorts;
import dev.usher.sandbox.entra.EntraTenant;
import dev.usher.sandbox.entra.SignUp;
import dev.usher.sandbox.server.Fault;
import dev.usher.sandbox.server.LoggedCall;
import dev.usher.token.SandboxTokens;
import dev.usher.vendor.TestCalls;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DirectoryTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static Sandbox sandbox;
    private static EntraSettings settings;
    private UserReads users;
    private Directory directory;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxPorts.random());
        settings = new EntraSettings(
                URI.create(sandbox.properties().get("usher.entra.graph-url")),
                EntraTenant.EXTENSIONS_APP,
                List.of("marketingConsent", "customerType"),
                Duration.ofSeconds(15));
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void connect() {
        sandbox.reset();
        var graph = new Graph(settings, SandboxTokens.of(sandbox, Clock.systemUTC()), TestCalls.uncounted());
        var batches = new Batches(graph);
        users = new UserReads(graph, batches, settings);
        directory = new Directory(settings, users, batches);
    }

    @Test
    void aUserIsReadWithItsExtensionAttributesFolded() throws Exception {
        var id = signUp("ada");

        var user = directory.user(id);

        assertThat(user).isNotNull();
        assertThat(user.path("id").asText()).isEqualTo(id);
        assertThat(user.path("givenName").asText()).isEqualTo("Ada");
        assertThat(user.path("identities").path(0).path("issuerAssignedId").asText())
                .isEqualTo("ada@shop.test");
        assertThat(user.path("createdDateTime").asText()).isNotBlank();
        assertThat(user.path("extensions")).isEqualTo(JSON.readTree("{\"marketingConsent\":true}"));
        assertThat(user.properties())
                .noneMatch(member -> member.getKey().startsWith("extension_")
                        || member.getKey().startsWith("@"));
    }

    @Test
    void anUnknownUserIsNull() throws Exception {
        assertThat(directory.user("00000000-0000-4000-8000-000000000000")).isNull();
    }

    @Test
    void severalAreReadInOneBatchAndEachGetsItsOwn() throws Exception {
        var ids = new ArrayList<String>();
        for (var i = 0; i < 19; i++) {
            ids.add(signUp("user" + i));
        }
        ids.add(7, "00000000-0000-4000-8000-000000000000");
        ids.add(ids.get(0));

        var answers = users.read(ids);

        assertThat(answers).hasSize(21);
        for (var i = 0; i < 21; i++) {
            var user = value(answers.get(i));
            assertThat(user == null ? "unknown" : user.path("id").asText()).isEqualTo(i == 7 ? "unknown" : ids.get(i));
        }
        assertThat(value(answers.get(0))
                        .path("extensions")
                        .path("marketingConsent")
                        .asBoolean())
                .isTrue();
        assertThat(graphCalls()).extracting(LoggedCall::target).containsExactly("/v1.0/$batch");
    }

    @Test
    void concurrentCallersShareBatches() throws Exception {
        var ids = new ArrayList<String>();
        for (var i = 0; i < 200; i++) {
            ids.add(signUp("user" + i));
        }
        var threads = Executors.newFixedThreadPool(40);
        directory.user(ids.get(0));

        var reads = ids.stream()
                .map(id -> (Callable<ObjectNode>) () -> directory.user(id))
                .toList();

        var answers = threads.invokeAll(reads);
        threads.shutdown();
        for (var i = 0; i < 200; i++) {
            assertThat(answers.get(i).get().path("id").asText()).isEqualTo(ids.get(i));
        }
        assertThat(graphCalls()).hasSizeLessThan(100);
    }

    @Test
    void aThrottledUserFailsItsOwnCallerOnlyWithItsOwnRetryAfter() throws Exception {
        var one = signUp("one");
        var other = signUp("other");
        sandbox.entra().faults().replace(List.of(fault(429, 4, one, null)));

        var answers = users.read(List.of(one, other));

        assertThatThrownBy(() -> value(answers.get(0)))
                .isInstanceOfSatisfying(HttpOperationFailedException.class, e -> {
                    assertThat(e.getStatusCode()).isEqualTo(429);
                    assertThat(e.getResponseHeaders()).containsEntry("Retry-After", "4");
                });
        assertThat(value(answers.get(1)).path("id").asText()).isEqualTo(other);
    }

    @Test
    void requestsOfConcurrentCallersShareBatchesAndEachCallerGetsItsOwnAnswers() throws Exception {
        var ids = new ArrayList<String>();
        for (var i = 0; i < 60; i++) {
            ids.add(signUp("user" + i));
        }
        var threads = Executors.newFixedThreadPool(30);
        directory.user(ids.get(0));
        sandbox.entra().forgetCalls();

        var calls = ids.stream()
                .map(id -> (Callable<List<Attempt<GraphAnswer>>>)
                        () -> directory.send(List.of(join(id), GraphRequest.get("/users/" + id + "/memberOf"))))
                .toList();
        var answers = threads.invokeAll(calls);

        threads.shutdown();
        for (var i = 0; i < 60; i++) {
            var own = answers.get(i).get();
            assertThat(own.get(0).value().status()).isEqualTo(204);
            assertThat(own.get(1).value().status()).isEqualTo(200);
        }
        assertThat(sandbox.entra().records())
                .allSatisfy(user -> assertThat(user.path("memberOf")).hasSize(1));
        assertThat(batches()).isLessThan(60);
    }

    @Test
    void aWriteWhoseAnswerIsLostIsNotSentAgainUnseen() throws Exception {
        var id = signUp("ada");
        directory.user(id);
        sandbox.entra().forgetCalls();
        sandbox.entra()
                .faults()
                .replace(List.of(new Fault(
                        null, null, Duration.ZERO, Fault.Cut.AFTER, false, 1.0, 1, Pattern.compile("/members/"))));

        var lost = directory.send(List.of(join(id)));
        var again = directory.send(List.of(join(id)));

        assertThat(lost.get(0).failure()).isInstanceOf(IOException.class);
        assertThat(again.get(0).value().status()).isEqualTo(400);
        assertThat(again.get(0).value().message()).contains("already exist");
        assertThat(batches()).isEqualTo(2);
    }

    @Test
    void aRequestIsThrottledAloneWithItsOwnRetryAfter() throws Exception {
        var one = signUp("one");
        var other = signUp("other");
        sandbox.entra().faults().replace(List.of(fault(429, 7, one, 1)));

        var answers = directory.send(List.of(
                GraphRequest.get("/users/" + one + "/memberOf"), GraphRequest.get("/users/" + other + "/memberOf")));

        assertThat(answers.get(0).value().status()).isEqualTo(429);
        assertThat(answers.get(0).value().failure("/x").getResponseHeaders()).containsEntry("Retry-After", "7");
        assertThat(answers.get(1).value().status()).isEqualTo(200);
    }

    private GraphRequest join(String id) {
        return new GraphRequest(
                "POST",
                "/groups/" + EntraTenant.BUSINESS_GROUP + "/members/$ref",
                JSON.createObjectNode().put("@odata.id", directory.reference(id)));
    }

    private static long batches() {
        return graphCalls().stream()
                .filter(call -> call.target().endsWith("/$batch"))
                .count();
    }

    @Test
    void aStaleTokenIsReplacedAndTheReadRepeatedOnce() throws Exception {
        var id = signUp("ada");
        directory.user(id);

        sandbox.entra().revokeTokens();
        var user = directory.user(id);

        assertThat(user).isNotNull();
        assertThat(sandbox.entra().calls())
                .filteredOn(call -> call.target().endsWith("/token"))
                .hasSize(2);
    }

    @Test
    void anUnauthorizedItemOfABatchIsRepeatedOnceWithANewToken() throws Exception {
        var one = signUp("one");
        var other = signUp("other");
        sandbox.entra().faults().replace(List.of(fault(401, null, one, 1)));

        var answers = users.read(List.of(one, other));

        assertThat(value(answers.get(0)).path("id").asText()).isEqualTo(one);
        assertThat(value(answers.get(1)).path("id").asText()).isEqualTo(other);
    }

    @Test
    void aServerErrorIsNotRepeatedHere() throws Exception {
        var id = signUp("ada");
        sandbox.entra().faults().replace(List.of(fault(503, 2, "/users/", null)));

        assertThatThrownBy(() -> directory.user(id)).isInstanceOfSatisfying(HttpOperationFailedException.class, e -> {
            assertThat(e.getStatusCode()).isEqualTo(503);
            assertThat(e.getResponseHeaders()).containsEntry("Retry-After", "2");
            assertThat(e.getResponseBody()).isNull();
        });
        assertThat(graphCalls()).hasSize(1);
    }

    @Test
    void aCutConnectionAndABrokenAnswerAreInputOutputErrorsForEveryCaller() throws Exception {
        var one = signUp("one");
        var other = signUp("other");
        sandbox.entra().faults().replace(List.of(cut("/v1.0/")));

        assertThatThrownBy(() -> directory.user(one)).isInstanceOf(IOException.class);
        sandbox.entra().faults().replace(List.of(malformed("/v1.0/")));

        var answers = users.read(List.of(one, other));
        assertThat(answers).allSatisfy(answer -> assertThat(answer.failure()).isInstanceOf(IOException.class));
        assertThatThrownBy(() -> directory.user(one)).isInstanceOf(IOException.class);
    }

    @Test
    void anAttributeHasItsFullName() {
        assertThat(directory.attributeName("stripeCustomerId"))
                .isEqualTo("extension_" + EntraTenant.EXTENSIONS_APP + "_stripeCustomerId");
        assertThatThrownBy(() -> directory.attributeName("a/b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void wrongSettingsAreToldWithTheirMend() {
        assertThatThrownBy(() ->
                        new EntraSettings(URI.create("http://graph.test/v1.0/x"), "no", List.of("a b"), Duration.ZERO))
                .hasMessageContaining("usher.entra.graph-url")
                .hasMessageContaining("usher.entra.timeout is PT0S")
                .hasMessageContaining("usher.entra.extensions-app-id")
                .hasMessageContaining("'a b'");
        assertThatThrownBy(() -> new EntraSettings(settings.graphUrl(), " ", List.of("a"), Duration.ofSeconds(15)))
                .hasMessageContaining("usher.entra.extensions-app-id is not set");
    }

    private static String signUp(String name) throws IOException {
        return sandbox.entra()
                .tenant()
                .signUp(SignUp.of(JSON.readTree("{\"email\":\"" + name
                        + "@shop.test\",\"givenName\":\"Ada\",\"surname\":\"Sample\",\"marketingConsent\":true}")));
    }

    private static ObjectNode value(Attempt<ObjectNode> attempt) throws IOException, HttpOperationFailedException {
        return attempt.get(IOException.class, HttpOperationFailedException.class);
    }

    private static List<? extends LoggedCall> graphCalls() {
        return sandbox.entra().calls().stream()
                .filter(call -> call.target().startsWith("/v1.0"))
                .toList();
    }

    private static Fault fault(int status, Integer retryAfter, String path, Integer count) {
        return new Fault(status, retryAfter, Duration.ZERO, null, false, 1.0, count, Pattern.compile(path));
    }

    private static Fault cut(String path) {
        return new Fault(null, null, Duration.ZERO, Fault.Cut.AFTER, false, 1.0, null, Pattern.compile(path));
    }

    private static Fault malformed(String path) {
        return new Fault(null, null, Duration.ZERO, null, true, 1.0, null, Pattern.compile(path));
    }
}
