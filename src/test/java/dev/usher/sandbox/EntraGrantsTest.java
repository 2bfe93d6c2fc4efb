package dev.usher.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.TestClock;
import dev.usher.sandbox.SandboxClient.Reply;
import dev.usher.sandbox.entra.EntraTenant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Groups and app roles of the simulated tenant. */
class EntraGrantsTest {
    private static final String MEMBERS = "/groups/" + EntraTenant.BUSINESS_GROUP + "/members";
    private static final String ASSIGNED = "/servicePrincipals/" + EntraTenant.SHOP + "/appRoleAssignedTo";
    private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

    private final Sandbox sandbox = Sandbox.start(SandboxPorts.random(), new TestClock());
    private final SandboxClient client = new SandboxClient(sandbox);
    private final String token = client.token();
    private final String ada = client.signUp("{\"email\":\"ada@mail.test\"}");

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aMemberIsAddedOnceListedAndTakenOut() {
        Reply added = add(MEMBERS, ada);
        Reply again = add(MEMBERS, ada);

        assertThat(added.status()).isEqualTo(204);
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.body().at("/error/message").textValue())
                .isEqualTo(
                        "One or more added object references already exist for the following modified properties: 'members'.");
        assertThat(get(MEMBERS).at("/value/0/id").textValue()).isEqualTo(ada);
        assertThat(get("/users/" + ada + "/memberOf").at("/value/0/id").textValue())
                .isEqualTo(EntraTenant.BUSINESS_GROUP);
        assertThat(client.records("entra").get(0).at("/memberOf/0/id").textValue())
                .isEqualTo(EntraTenant.BUSINESS_GROUP);
        assertThat(delete(MEMBERS + "/" + ada + "/$ref").status()).isEqualTo(204);
        assertThat(delete(MEMBERS + "/" + ada + "/$ref").status()).isEqualTo(404);
        assertThat(get(MEMBERS).get("value")).isEmpty();
    }

    @Test
    void whatIsMissingIsNamed() {
        Reply noUser = add(MEMBERS, NOBODY);
        Reply noGroup = add("/groups/" + NOBODY + "/members", ada);

        assertThat(noUser.status()).isEqualTo(404);
        assertThat(noGroup.status()).isEqualTo(404);
        assertThat(noGroup.body().at("/error/code").textValue()).isEqualTo("Request_ResourceNotFound");
        assertThat(noGroup.text()).contains("Resource '" + NOBODY + "' does not exist");
        assertThat(delete("/groups/" + EntraTenant.BUSINESS_GROUP + "/members/" + ada)
                        .status())
                .isEqualTo(405);
    }

    @Test
    void ofManyGroupsThoseAreToldThatTheUserIsIn() {
        String group = client.control("POST", "/systems/entra/groups", "{\"displayName\":\"Friends\"}")
                .body()
                .get("id")
                .textValue();
        client.control("PUT", "/systems/entra/groups/" + group + "/members/" + ada, "");

        Reply reply = client.graph(
                token,
                "POST",
                "/users/" + ada + "/checkMemberGroups",
                "{\"groupIds\":[\"" + group + "\",\"" + EntraTenant.BUSINESS_GROUP + "\"]}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().get("value").toString()).isEqualTo("[\"" + group + "\"]");
        assertThat(client.control("DELETE", "/systems/entra/groups/" + group, "")
                        .status())
                .isEqualTo(204);
        assertThat(get("/users/" + ada + "/memberOf").get("value")).isEmpty();
    }

    @Test
    void anAppRoleIsAssignedOnceListedAndWithdrawn() {
        Reply assigned = assign(ASSIGNED, ada, EntraTenant.PARTNER_ROLE);
        Reply again = assign("/users/" + ada + "/appRoleAssignments", ada, EntraTenant.PARTNER_ROLE);
        String id = assigned.body().get("id").textValue();

        assertThat(assigned.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.body().at("/error/code").textValue()).isEqualTo("Request_MultipleObjectsWithSameKeyValue");
        assertThat(get(ASSIGNED).at("/value/0/principalId").textValue()).isEqualTo(ada);
        assertThat(get("/users/" + ada + "/appRoleAssignments")
                        .at("/value/0/id")
                        .textValue())
                .isEqualTo(id);
        assertThat(client.records("entra")
                        .get(0)
                        .at("/appRoleAssignments/0/appRoleId")
                        .textValue())
                .isEqualTo(EntraTenant.PARTNER_ROLE);
        assertThat(delete(ASSIGNED + "/" + id).status()).isEqualTo(204);
        assertThat(delete(ASSIGNED + "/" + id).status()).isEqualTo(404);
    }

    @Test
    void anAppRoleThatCannotBeAssignedIsRefused() {
        assertThat(assign(ASSIGNED, ada, NOBODY).text()).contains("was not found on application");
        assertThat(assign(ASSIGNED, NOBODY, EntraTenant.PARTNER_ROLE).text()).contains("Not a valid reference update.");
        assertThat(assign("/servicePrincipals/" + NOBODY + "/appRoleAssignedTo", ada, EntraTenant.PARTNER_ROLE)
                        .status())
                .isEqualTo(404);
        assertThat(get("/users/" + ada + "/appRoleAssignments").get("value")).isEmpty();
    }

    @Test
    void anAppRoleMadeByTheControlApiCanBeAssigned() {
        JsonNode made = client.control("POST", "/systems/entra/app-roles", "{\"displayName\":\"Forum\"}")
                .body();
        String app = made.get("servicePrincipalId").textValue();

        Reply reply = client.graph(
                token,
                "POST",
                "/servicePrincipals/" + app + "/appRoleAssignedTo",
                assignment(ada, app, made.get("appRoleId").textValue()));

        assertThat(reply.status()).isEqualTo(201);
        assertThat(get("/servicePrincipals/" + app).at("/appRoles/0/value").textValue())
                .isEqualTo("Forum");
    }

    @Test
    void membersAreListedInPagesAndWithoutThoseWhoWereDeleted() {
        List<String> users = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            users.add(client.signUp("{\"email\":\"a" + i + "@mail.test\"}"));
            add(MEMBERS, users.get(i));
        }
        client.control("DELETE", "/users/" + users.get(2), "");

        JsonNode first = get(MEMBERS + "?$top=1");
        Reply second = client.follow(token, first.get("@odata.nextLink").textValue());

        assertThat(first.at("/value/0/id").textValue()).isEqualTo(users.get(0));
        assertThat(second.body().at("/value/0/id").textValue()).isEqualTo(users.get(1));
        assertThat(second.body().has("@odata.nextLink")).isFalse();
        assertThat(client.graph(token, "GET", MEMBERS + "?$top=1000", "").status())
                .isEqualTo(400);
    }

    @Test
    void aBatchTakesThemTooAndItsWritesAreInTheLogOfCalls() {
        String path = "/v1.0" + MEMBERS + "/$ref";
        String requests = "{\"requests\":["
                + request("1", path.substring(5), "{\"@odata.id\":\"" + reference(ada) + "\"}")
                + "," + request("2", ASSIGNED, assignment(ada, EntraTenant.SHOP, EntraTenant.PARTNER_ROLE)) + ","
                + request("3", path.substring(5), "{\"@odata.id\":\"" + reference(NOBODY) + "\"}") + "]}";

        JsonNode responses =
                client.graph(token, "POST", "/$batch", requests).body().get("responses");

        List<Integer> statuses = new ArrayList<>();
        responses.forEach(response -> statuses.add(response.get("status").intValue()));
        assertThat(statuses).containsExactlyInAnyOrder(204, 201, 404);
        List<String> logged = new ArrayList<>();
        client.calls("entra")
                .forEach(call -> logged.add(
                        call.get("path").textValue() + " " + call.get("status").intValue()));
        assertThat(logged).contains("/v1.0/$batch 200", path + " 204", path + " 404", "/v1.0" + ASSIGNED + " 201");
    }

    private static String request(String id, String url, String body) {
        return "{\"id\":\"" + id + "\",\"method\":\"POST\",\"url\":\"" + url
                + "\",\"headers\":{\"Content-Type\":\"application/json\"},\"body\":" + body + "}";
    }

    private Reply add(String members, String user) {
        return client.graph(token, "POST", members + "/$ref", "{\"@odata.id\":\"" + reference(user) + "\"}");
    }

    private static String reference(String user) {
        return "https://graph.microsoft.com/v1.0/directoryObjects/" + user;
    }

    private Reply assign(String path, String user, String role) {
        return client.graph(token, "POST", path, assignment(user, EntraTenant.SHOP, role));
    }

    private static String assignment(String user, String app, String role) {
        return "{\"principalId\":\"" + user + "\",\"resourceId\":\"" + app + "\",\"appRoleId\":\"" + role + "\"}";
    }

    private JsonNode get(String path) {
        return client.graph(token, "GET", path, "").body();
    }

    private Reply delete(String path) {
        return client.graph(token, "DELETE", path, "");
    }
}
