package dev.usher.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.TestClock;
import dev.usher.sandbox.SandboxClient.Reply;
import dev.usher.sandbox.entra.EntraTenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntraSystemTest {
    private static final String AUDITS = "/auditLogs/directoryAudits";
    private static final String ADDED =
            "activityDateTime ge 2026-03-02T00:00:00Z and activityDisplayName eq 'Add user'";
    private static final String CONSENT = EntraTenant.extension("marketingConsent");

    private final TestClock clock = new TestClock();
    private final Sandbox sandbox = Sandbox.start(SandboxPorts.random(), clock);
    private final SandboxClient client = new SandboxClient(sandbox);
    private final String token = client.token();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aSignUpIsToldByTheAuditLogWhenItsDelayIsOver() {
        String id = client.signUp("{\"email\":\"ada@mail.test\",\"auditDelay\":\"PT5M\"}");

        assertThat(audits(ADDED)).isEmpty();

        clock.advance(Duration.ofMinutes(5));
        JsonNode record = audits(ADDED).get(0);

        assertThat(record.get("activityDateTime").textValue()).isEqualTo("2026-03-02T10:00:00.0000000Z");
        assertThat(record.get("id").textValue())
                .startsWith("Directory_" + record.get("correlationId").textValue());
        assertThat(record.get("targetResources").get(0).get("id").textValue()).isEqualTo(id);
        assertThat(record.at("/targetResources/0/modifiedProperties/0/newValue").textValue())
                .isEqualTo("[true]");
        clock.advance(Duration.ofDays(7));
        assertThat(audits("activityDateTime ge 2026-03-01T00:00:00Z and activityDisplayName eq 'Add user'"))
                .isEmpty();
    }

    @Test
    void siblingsOfASignUpShareItsCorrelationAndAreOnlyFoundByTheirOwnNames() {
        client.signUp("{\"email\":\"ada@mail.test\"}");
        clock.advance(Duration.ofSeconds(1));

        JsonNode all = audits("activityDateTime ge 2026-03-02T00:00:00Z");

        Set<String> correlations = new HashSet<>();
        all.forEach(record -> correlations.add(record.get("correlationId").textValue()));
        assertThat(all).hasSize(4);
        assertThat(correlations).hasSize(1);
        assertThat(audits(ADDED)).hasSize(1);
        assertThat(audits("loggedByService eq 'B2C'")).hasSize(2);
    }

    @Test
    void pagesAreFollowedInEitherOrder() {
        for (int i = 0; i < 5; i++) {
            client.signUp("{\"email\":\"a" + i + "@mail.test\"}");
            clock.advance(Duration.ofSeconds(1));
        }

        List<String> oldestFirst = pages("asc");
        List<String> newestFirst = pages("desc");

        assertThat(oldestFirst).hasSize(5).isSorted().doesNotHaveDuplicates();
        assertThat(newestFirst)
                .isEqualTo(oldestFirst.stream().sorted((a, b) -> b.compareTo(a)).toList());
    }

    private List<String> pages(String order) {
        client.control("DELETE", "/systems/entra/limits", "");
        List<String> times = new ArrayList<>();
        Reply page = query(ADDED, "&$top=2&$orderby=activityDateTime%20" + order);
        while (true) {
            page.body()
                    .get("value")
                    .forEach(record -> times.add(record.get("activityDateTime").textValue()));
            if (!page.body().has("@odata.nextLink")) {
                return times;
            }
            page = client.follow(token, page.body().get("@odata.nextLink").textValue());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "activityDateTime ge yesterday",
                "activityDateTime ge 2026-03-02T00:00:00Z and",
                "result eq 'success'",
                "activityDisplayName ne 'Add user'",
                "(activityDisplayName eq 'Add user'"
            })
    void aFilterGraphDoesNotTakeIsRefused(String filter) {
        Reply reply = query(filter, "");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().at("/error/code").textValue()).isEqualTo("Request_BadRequest");
    }

    @Test
    void aSixthAuditQueryIsThrottledWithAndWithoutRetryAfter() {
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            replies.add(query(ADDED, ""));
        }

        assertThat(replies.subList(0, 5)).allMatch(reply -> reply.status() == 200);
        assertThat(replies.get(5).status()).isEqualTo(429);
        assertThat(Integer.parseInt(replies.get(5).header("Retry-After"))).isBetween(1, 10);
        assertThat(replies.get(6).status()).isEqualTo(429);
        assertThat(replies.get(6).header("Retry-After")).isNull();
        assertThat(replies.get(6).body().at("/error/code").textValue()).isEqualTo("TooManyRequests");
    }

    @Test
    void aNewUserIsNotReadableAtOnce() {
        String id = client.signUp("{\"email\":\"ada@mail.test\",\"readDelay\":\"PT3S\"}");

        Reply early = client.graph(token, "GET", "/users/" + id, "");

        assertThat(early.status()).isEqualTo(404);
        assertThat(early.body().at("/error/code").textValue()).isEqualTo("Request_ResourceNotFound");

        clock.advance(Duration.ofSeconds(3));

        assertThat(client.graph(token, "GET", "/users/" + id, "").status()).isEqualTo(200);
    }

    @Test
    void whatIsNotDefaultIsOnlyReadWhenSelected() {
        String id = client.signUp("{\"email\":\"ada@mail.test\",\"marketingConsent\":true}");

        JsonNode standard = client.graph(token, "GET", "/users/" + id, "").body();
        JsonNode selected = client.graph(token, "GET", "/users/" + id + "?$select=id,identities,mail," + CONSENT, "")
                .body();

        assertThat(standard.has("displayName")).isTrue();
        assertThat(standard.has("identities")).isFalse();
        assertThat(standard.has(CONSENT)).isFalse();
        assertThat(selected.get(CONSENT).booleanValue()).isTrue();
        assertThat(selected.get("identities")).hasSize(2);
        assertThat(selected.has("mail")).isTrue();
        assertThat(selected.has("displayName")).isFalse();
    }

    @Test
    void usersAreListedInPages() {
        for (int i = 0; i < 3; i++) {
            client.signUp("{\"email\":\"a" + i + "@mail.test\"}");
        }

        Reply first = client.graph(token, "GET", "/users?$top=2&$select=id", "");
        Reply second = client.follow(token, first.body().get("@odata.nextLink").textValue());
        Reply tooMany = client.graph(token, "GET", "/users?$top=1000", "");
        Reply found = client.graph(
                token,
                "GET",
                "/users?$filter="
                        + SandboxClient.encoded(
                                "identities/any(c:c/issuerAssignedId eq 'a1@mail.test' and c/issuer eq '"
                                        + EntraTenant.DOMAIN + "')"),
                "");
        Reply later = client.graph(
                token, "GET", "/users?$filter=" + SandboxClient.encoded("createdDateTime ge 2026-03-03T00:00:00Z"), "");

        assertThat(first.body().get("value")).hasSize(2);
        assertThat(second.body().get("value")).hasSize(1);
        assertThat(second.body().has("@odata.nextLink")).isFalse();
        assertThat(tooMany.status()).isEqualTo(400);
        assertThat(tooMany.text()).contains("Invalid page size specified: '1000'");
        assertThat(found.body().get("value")).hasSize(1);
        assertThat(later.body().get("value")).isEmpty();
    }

    @Test
    void aPatchIsAppliedAndEchoedInTheAuditLog() {
        String id = client.signUp("{\"email\":\"ada@mail.test\"}");
        client.control("PUT", "/systems/entra/settings", "{\"echoDelay\":\"PT1M\"}");
        String upn = "ada.lovelace@" + EntraTenant.DOMAIN;

        Reply reply = patch(
                id,
                "{\"@odata.type\":\"#microsoft.graph.user\",\"userPrincipalName\":\"" + upn
                        + "\",\"displayName\":\"Ada\",\"" + EntraTenant.extension("stripeCustomerId")
                        + "\":\"cus_1\"}");

        JsonNode user = client.records("entra").get(0);
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.text()).isEmpty();
        assertThat(user.get("userPrincipalName").textValue()).isEqualTo(upn);
        assertThat(user.at("/identities/1/issuerAssignedId").textValue()).isEqualTo(upn);
        assertThat(user.get(EntraTenant.extension("stripeCustomerId")).textValue())
                .isEqualTo("cus_1");
        assertThat(client.graph(token, "GET", "/users/" + upn, "")
                        .body()
                        .get("id")
                        .textValue())
                .isEqualTo(id);
        assertThat(audits("activityDisplayName eq 'Update user'")).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        assertThat(audits("activityDisplayName eq 'Update user'")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"nickname\":\"Ada\"}",
                "{\"displayName\":\"\"}",
                "{\"displayName\":null}",
                "{\"identities\":[{\"signInType\":\"emailAddress\",\"issuer\":\"elsewhere.test\",\"issuerAssignedId\":\"b@mail.test\"},"
                        + "{\"signInType\":\"userPrincipalName\",\"issuer\":\"contosocustomers.onmicrosoft.com\","
                        + "\"issuerAssignedId\":\"b@contosocustomers.onmicrosoft.com\"}]}",
                "{\"givenName\":3}",
                "{\"createdDateTime\":\"2026-03-02T10:15:22Z\"}",
                "{\"mail\":\"müller@mail.test\"}",
                "{\"userPrincipalName\":\"ada@elsewhere.test\"}",
                "{\"userPrincipalName\":\"ada lovelace@contosocustomers.onmicrosoft.com\"}",
                "{\"identities\":[{\"signInType\":\"emailAddress\",\"issuer\":\"x\",\"issuerAssignedId\":\"b@mail.test\"}]}",
                "{\"extension_aaaabbbbccccddddeeeeffff00001111_shoeSize\":\"44\"}",
                "{\"extension_aaaabbbbccccddddeeeeffff00001111_marketingConsent\":\"true\"}"
            })
    void aPropertyThatCannotBeSetIsRefused(String body) {
        String id = client.signUp("{\"email\":\"ada@mail.test\"}");
        JsonNode before = client.records("entra");

        Reply reply = patch(id, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().at("/error/code").textValue()).isEqualTo("Request_BadRequest");
        assertThat(client.records("entra")).isEqualTo(before);
    }

    @Test
    void aPrincipalNameInUseIsAConflict() {
        String ada = client.signUp("{\"email\":\"ada@mail.test\"}");
        String bob = client.signUp("{\"email\":\"bob@mail.test\"}");
        String body = "{\"userPrincipalName\":\"same@" + EntraTenant.DOMAIN + "\"}";

        Reply first = patch(ada, body);
        Reply second = patch(bob, body);
        Reply again = patch(ada, body);

        assertThat(first.status()).isEqualTo(204);
        assertThat(second.status()).isEqualTo(400);
        assertThat(second.body().at("/error/details/0/code").textValue()).isEqualTo("ObjectConflict");
        assertThat(second.body().at("/error/details/0/target").textValue()).isEqualTo("userPrincipalName");
        assertThat(again.status()).isEqualTo(204);
    }

    @Test
    void anEleventhMailIsRefusedInATenantOfB2c() {
        String id = client.signUp("{\"email\":\"ada@mail.test\"}");
        client.control("PUT", "/systems/entra/settings", "{\"b2c\":true}");

        for (int i = 0; i < 10; i++) {
            assertThat(patch(id, "{\"mail\":\"a" + i + "@mail.test\"}").status())
                    .isEqualTo(204);
        }

        assertThat(patch(id, "{\"mail\":\"a10@mail.test\"}").status()).isEqualTo(400);
        assertThat(patch(id, "{\"mail\":\"A3@mail.test\"}").status()).isEqualTo(204);

        client.control("PUT", "/systems/entra/settings", "{\"b2c\":false}");

        assertThat(patch(id, "{\"mail\":\"a10@mail.test\"}").status()).isEqualTo(204);
    }

    @Test
    void aMailStaysWithItsUserAndCannotBecomeAnothers() {
        String ada = client.signUp("{\"email\":\"ada@mail.test\"}");
        String bob = client.signUp("{\"email\":\"bob@mail.test\"}");
        patch(ada, "{\"mail\":\"first@mail.test\"}");
        patch(ada, "{\"mail\":\"second@mail.test\"}");

        Reply taken = patch(bob, "{\"mail\":\"First@mail.test\"}");

        assertThat(taken.status()).isEqualTo(400);
        assertThat(taken.body().at("/error/details/0/code").textValue()).isEqualTo("ObjectConflict");
        assertThat(taken.body().at("/error/details/0/target").textValue()).isEqualTo("proxyAddresses");
        assertThat(client.records("entra").get(0).get("proxyAddresses").toString())
                .isEqualTo("[\"SMTP:second@mail.test\",\"smtp:first@mail.test\"]");
    }

    @Test
    void anIdentityOfAnotherUserIsAConflictAndTheCollectionIsReplacedAsAWhole() {
        String ada = client.signUp("{\"email\":\"ada@mail.test\"}");
        client.signUp("{\"email\":\"bob@mail.test\"}");
        String upn = identity("userPrincipalName", EntraTenant.DOMAIN, ada + "@" + EntraTenant.DOMAIN);
        String google = identity("federated", "google.com", "bob@mail.test");

        Reply taken = patch(
                ada,
                "{\"identities\":[" + identity("emailAddress", EntraTenant.DOMAIN, "Bob@mail.test") + "," + upn + "]}");
        Reply federated = patch(ada, "{\"identities\":[" + google + "," + upn + "]}");
        Reply twice = patch(ada, "{\"identities\":[" + google + "," + google + "," + upn + "]}");

        assertThat(taken.status()).isEqualTo(400);
        assertThat(taken.body().at("/error/details/0/code").textValue()).isEqualTo("ObjectConflict");
        assertThat(federated.status()).isEqualTo(204);
        assertThat(client.records("entra").get(0).get("identities")).hasSize(2);
        assertThat(client.records("entra").get(0).at("/identities/0/issuer").textValue())
                .isEqualTo("google.com");
        assertThat(twice.status()).isEqualTo(400);
    }

    private static String identity(String type, String issuer, String assigned) {
        return "{\"signInType\":\"" + type + "\",\"issuer\":\"" + issuer + "\",\"issuerAssignedId\":\"" + assigned
                + "\"}";
    }

    @Test
    void changesOfUsersCannotBeTrackedInTenantsOfCustomers() {
        Reply delta = client.graph(token, "GET", "/users/delta?$select=id", "");
        Reply subscription = client.graph(token, "POST", "/subscriptions", "{\"resource\":\"users\"}");

        assertThat(delta.status()).isEqualTo(400);
        assertThat(subscription.status()).isEqualTo(400);
        assertThat(subscription.body().at("/error/code").textValue()).isEqualTo("Request_BadRequest");
    }

    @Test
    void anAdministratorsChangeIsWrittenDownWithItsOwnTime() {
        String id = client.signUp("{\"email\":\"ada@mail.test\"}");

        Reply reply = client.control(
                "PATCH",
                "/users/" + id,
                "{\"email\":\"new@mail.test\",\"marketingConsent\":false,\"givenName\":\"Ada\","
                        + "\"activityDateTime\":\"2026-03-02T09:00:00Z\"}");

        JsonNode user = client.records("entra").get(0);
        assertThat(reply.status()).isEqualTo(204);
        assertThat(user.at("/identities/0/issuerAssignedId").textValue()).isEqualTo("new@mail.test");
        assertThat(user.get(CONSENT).booleanValue()).isFalse();
        assertThat(audits("activityDisplayName eq 'Update user'")
                        .get(0)
                        .get("activityDateTime")
                        .textValue())
                .isEqualTo("2026-03-02T09:00:00.0000000Z");
        assertThat(client.control("PATCH", "/users/" + id, "{\"nickname\":\"A\"}")
                        .status())
                .isEqualTo(400);
        assertThat(client.control("PATCH", "/users/nobody", "{\"givenName\":\"A\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void disablingEnablingDeletingAndRestoringAreToldByTheirNames() {
        String id = client.signUp("{\"email\":\"ada@mail.test\"}");

        client.control("PATCH", "/users/" + id, "{\"accountEnabled\":false}");
        client.control("PATCH", "/users/" + id, "{\"accountEnabled\":true}");
        client.control("DELETE", "/users/" + id, "");

        assertThat(client.graph(token, "GET", "/users/" + id, "").status()).isEqualTo(404);
        assertThat(client.records("entra")).isEmpty();
        assertThat(audits("activityDisplayName eq 'Disable account'")).hasSize(1);
        assertThat(audits("activityDisplayName eq 'Enable account'")).hasSize(1);
        JsonNode deleted = audits("activityDisplayName eq 'Delete user'").get(0);
        assertThat(deleted.at("/targetResources/0/userPrincipalName").textValue())
                .startsWith(id.replace("-", ""));

        assertThat(client.control("POST", "/users/" + id + "/restore", "").status())
                .isEqualTo(204);
        assertThat(client.graph(token, "GET", "/users/" + id, "").status()).isEqualTo(200);
        assertThat(audits("activityDisplayName eq 'Restore user'")).hasSize(1);
    }

    @Test
    void aBatchAnswersEachRequestForItself() {
        String id = client.signUp("{\"email\":\"ada@mail.test\"}");

        Reply reply = client.graph(
                token,
                "POST",
                "/$batch",
                "{\"requests\":[{\"id\":\"1\",\"method\":\"GET\",\"url\":\"/users/" + id + "?$select=id\"},"
                        + "{\"id\":\"2\",\"method\":\"GET\",\"url\":\"/users/nobody\"},"
                        + "{\"id\":\"3\",\"method\":\"PATCH\",\"url\":\"/users/" + id
                        + "\",\"headers\":{\"Content-Type\":\"application/json\"},\"body\":{\"displayName\":\"Ada\"}},"
                        + "{\"id\":\"4\",\"method\":\"GET\",\"url\":\"/users/x\",\"dependsOn\":[\"2\"]}]}");

        assertThat(status(reply, "1")).isEqualTo(200);
        assertThat(status(reply, "2")).isEqualTo(404);
        assertThat(status(reply, "3")).isEqualTo(204);
        assertThat(status(reply, "4")).isEqualTo(424);
        assertThat(client.records("entra").get(0).get("displayName").textValue())
                .isEqualTo("Ada");
    }

    @Test
    void aBatchHasTwentyRequestsOfDifferentIds() {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 21; i++) {
            requests.append("{\"id\":\"").append(i).append("\",\"method\":\"GET\",\"url\":\"/users/x\"},");
        }
        String one =
                "{\"id\":\"a\",\"method\":\"GET\",\"url\":\"/users/x\"},{\"id\":\"A\",\"method\":\"GET\",\"url\":\"/users/y\"}";

        Reply many = client.graph(token, "POST", "/$batch", "{\"requests\":[" + requests + one + "]}");
        Reply twins = client.graph(token, "POST", "/$batch", "{\"requests\":[" + one + "]}");

        assertThat(many.status()).isEqualTo(400);
        assertThat(twins.status()).isEqualTo(400);
    }

    @Test
    void aRequestInABatchIsThrottledAlone() {
        client.control("PUT", "/systems/entra/limits", "{\"perSecond\":1}");

        Reply reply = client.graph(
                token,
                "POST",
                "/$batch",
                "{\"requests\":[{\"id\":\"1\",\"method\":\"GET\",\"url\":\"/users/x\"},"
                        + "{\"id\":\"2\",\"method\":\"GET\",\"url\":\"/users/y\"}]}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(List.of(status(reply, "1"), status(reply, "2"))).containsExactlyInAnyOrder(404, 429);
        reply.body()
                .get("responses")
                .forEach(response -> assertThat(response.get("headers").has("Retry-After"))
                        .isEqualTo(response.get("status").intValue() == 429));
    }

    @ParameterizedTest
    @CsvSource({
        "client_secret=sandbox-client-secret,client_secret=wrong,401,invalid_client",
        "client_id=33333333,client_id=44444444,400,unauthorized_client",
        "grant_type=client_credentials,grant_type=password,400,unsupported_grant_type",
        "default,read,400,invalid_scope"
    })
    void aWrongTokenRequestIsRefused(String right, String wrong, int status, String error) {
        Reply reply = client.token(SandboxClient.secretForm().replace(right, wrong));

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body().get("error").textValue()).isEqualTo(error);
        assertThat(reply.body().get("error_description").textValue()).startsWith("AADSTS");
    }

    @Test
    void aTokenEndsByTimeAndByRevocation() {
        assertThat(client.graph(token, "GET", "/users", "").status()).isEqualTo(200);
        assertThat(client.graph("made-up", "GET", "/users", "")
                        .body()
                        .at("/error/code")
                        .textValue())
                .isEqualTo("InvalidAuthenticationToken");

        client.control("POST", "/systems/entra/revoke-tokens", "");

        assertThat(client.graph(token, "GET", "/users", "").status()).isEqualTo(401);

        client.control("PUT", "/systems/entra/settings", "{\"tokenLifetime\":\"PT200S\"}");
        Reply shortLived = client.token(SandboxClient.secretForm());
        clock.advance(Duration.ofSeconds(201));

        assertThat(shortLived.body().get("expires_in").intValue()).isEqualTo(200);
        assertThat(client.graph(shortLived.body().get("access_token").textValue(), "GET", "/users", "")
                        .status())
                .isEqualTo(401);
    }

    private Reply patch(String id, String body) {
        return client.graph(token, "PATCH", "/users/" + id, body);
    }

    private static int status(Reply batch, String id) {
        for (JsonNode response : batch.body().get("responses")) {
            if (response.get("id").textValue().equals(id)) {
                return response.get("status").intValue();
            }
        }
        throw new AssertionError("no response " + id);
    }

    private JsonNode audits(String filter) {
        client.control("DELETE", "/systems/entra/limits", "");
        return query(filter, "").body().get("value");
    }

    private Reply query(String filter, String more) {
        return client.graph(client.token(), "GET", AUDITS + "?$filter=" + SandboxClient.encoded(filter) + more, "");
    }
}
