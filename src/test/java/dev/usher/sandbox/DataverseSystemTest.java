package dev.usher.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.usher.TestClock;
import dev.usher.sandbox.SandboxClient.Reply;
import dev.usher.sandbox.server.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataverseSystemTest {
    private static final String ID = "c0ffee00-0000-4000-8000-000000000001";
    private static final String ROLE = "3e000000-0000-4000-8000-000000000001";
    private static final String OUR_USER = "0a000000-0000-4000-8000-00000000a991";

    private final TestClock clock = new TestClock();
    private final Sandbox sandbox = Sandbox.start(SandboxPorts.random(), clock);
    private final SandboxClient client = new SandboxClient(sandbox);
    private final String token = client.dataverseToken();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<Integer> hookAnswers = new ArrayList<>();
    private HttpServer hook;

    private record Received(Map<String, List<String>> headers, String query, JsonNode body, String text) {}

    @AfterEach
    void stop() {
        sandbox.close();
        if (hook != null) {
            hook.stop(0);
        }
    }

    private Reply call(String method, String path, String body, String... headers) {
        return client.dataverse(token, method, path, body, headers);
    }

    private static String code(Reply reply) {
        return reply.body().at("/error/code").textValue();
    }

    private String contact(String body) {
        Reply made = client.control("POST", "/contacts", body);
        assertThat(made.status()).isEqualTo(201);
        return made.body().get("contactId").textValue();
    }

    @Test
    void onlyATokenOfTheWorkforceTenantForThisAddressOpens() {
        String graph = client.token();

        assertThat(client.dataverse(graph, "GET", "WhoAmI", "").status()).isEqualTo(401);
        assertThat(client.graph(token, "GET", "/users", "").status()).isEqualTo(401);
        assertThat(call("GET", "WhoAmI", "").body().get("UserId").textValue()).isEqualTo(OUR_USER);

        clock.advance(Duration.ofHours(1));

        assertThat(call("GET", "WhoAmI", "").status()).isEqualTo(401);
    }

    @Test
    void aContactIsMadeReadChangedAndDeleted() {
        clock.advance(Duration.ofMillis(345));
        Reply made = call(
                "POST",
                "contacts",
                "{\"firstname\":\"Ada\",\"lastname\":\"Sample\",\"emailaddress1\":\"ada@mail.test\"}",
                "Prefer",
                "return=representation");
        String id = made.body().get("contactid").textValue();

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("OData-EntityId")).endsWith("/api/data/v9.2/contacts(" + id + ")");
        assertThat(made.body().get("fullname").textValue()).isEqualTo("Ada Sample");
        assertThat(made.body().get("createdon").textValue()).isEqualTo("2026-03-02T10:00:00Z");

        clock.advance(Duration.ofSeconds(5));
        Reply changed = call("PATCH", "contacts(" + id + ")", "{\"lastname\":null}");
        JsonNode row = call("GET", "contacts(" + id + ")?$select=fullname,modifiedon,_modifiedby_value,statuscode", "")
                .body();

        assertThat(changed.status()).isEqualTo(204);
        assertThat(row.get("fullname").textValue()).isEqualTo("Ada");
        assertThat(row.get("modifiedon").textValue()).isEqualTo("2026-03-02T10:00:05Z");
        assertThat(row.get("_modifiedby_value").textValue()).isEqualTo(OUR_USER);
        assertThat(row.get("statuscode").intValue()).isEqualTo(1);
        assertThat(row.has("emailaddress1")).isFalse();

        assertThat(call("DELETE", "contacts(" + id + ")", "").status()).isEqualTo(204);
        assertThat(code(call("GET", "contacts(" + id + ")", ""))).isEqualTo("0x80040217");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"nickcolour\":\"red\"}|0x80048d19",
                "{\"firstname\":7}|0x80048d19",
                "{\"donotemail\":\"yes\"}|0x80048d19",
                "{\"adx_identity_accessfailedcount\":\"1\"}|0x80048d19",
                "{\"adx_identity_lockoutenddate\":\"tomorrow\"}|0x80048d19",
                "{\"fullname\":\"Ada Sample\"}|0x80048d19",
                "{\"_parentcontactid_value\":\"c0ffee00-0000-4000-8000-000000000001\"}|0x80048d19",
                "{\"adx_webrole_contact@odata.bind\":[]}|0x80048d19",
                "{\"statecode\":1,\"statuscode\":1}|0x80048408",
                "{\"firstname\":\"Anna Maria Theresia Walburga Josefa Antonia Johanna von und zu\"}|0x80044331"
            })
    void aColumnThatDoesNotExistOrHasAnotherTypeIsRefused(String body, String code) {
        Reply reply = call("POST", "contacts", body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(code(reply)).isEqualTo(code);
        assertThat(client.records("dataverse")).isEmpty();
    }

    @Test
    void aPatchMakesOrChangesUnlessItsConditionsForbid() {
        String place = "contacts(" + ID + ")";

        assertThat(call("PATCH", place, "{}", "If-Match", "*").status()).isEqualTo(404);
        assertThat(call("PATCH", place, "{\"lastname\":\"Sample\"}", "If-None-Match", "*")
                        .status())
                .isEqualTo(204);
        assertThat(code(call("PATCH", place, "{}", "If-None-Match", "*"))).isEqualTo("0x80040237");
        assertThat(code(call("POST", "contacts", "{\"contactid\":\"" + ID + "\"}")))
                .isEqualTo("0x80040237");

        String etag = call("GET", place, "").body().get("@odata.etag").textValue();
        assertThat(call("PATCH", place, "{\"lastname\":\"B\"}", "If-Match", etag)
                        .status())
                .isEqualTo(204);
        Reply older = call("PATCH", place, "{\"lastname\":\"C\"}", "If-Match", etag);

        assertThat(older.status()).isEqualTo(412);
        assertThat(code(older)).isEqualTo("0x80060882");
        assertThat(call("PATCH", place, "{}", "Prefer", "return=representation").status())
                .isEqualTo(200);
    }

    @Test
    void rowsAreFilteredSelectedOrderedAndPaged() {
        for (int i = 0; i < 5; i++) {
            contact("{\"lastname\":\"N" + i + "\",\"emailaddress1\":\"n" + i % 2 + "@mail.test\",\"statecode\":" + i % 2
                    + "}");
        }

        assertThat(lastNames("$filter=emailaddress1 eq 'N1@mail.test' or lastname eq 'N0'"))
                .containsExactly("N0", "N1", "N3");
        assertThat(lastNames("$filter=emailaddress1 eq 'n0@mail.test' and statecode eq 0 and lastname ne 'N2'"))
                .containsExactly("N0", "N4");
        assertThat(lastNames("$filter=Microsoft.Dynamics.CRM.In(PropertyName='lastname',PropertyValues=['n1','N2'])"))
                .containsExactly("N1", "N2");
        assertThat(lastNames("$filter=firstname eq null and startswith(lastname,'N')&$orderby=lastname desc&$top=2"))
                .containsExactly("N4", "N3");
        assertThat(call("GET", "contacts?$filter=shoesize eq 42", "").status()).isEqualTo(400);
        assertThat(call("GET", "contacts?$skip=1", "").status()).isEqualTo(400);

        Reply page = call("GET", "contacts?$select=lastname", "", "Prefer", "odata.maxpagesize=3");
        String next = page.body().get("@odata.nextLink").textValue();
        Reply rest = client.follow(token, next);

        assertThat(page.body().get("value")).hasSize(3);
        assertThat(rest.body().get("value")).hasSize(2);
        assertThat(rest.body().has("@odata.nextLink")).isFalse();
    }

    private List<String> lastNames(String options) {
        Reply reply = call(
                "GET",
                "contacts?" + options.replace("'", "%27").replace("[", "%5B").replace("]", "%5D"),
                "");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.body().get("value").findValuesAsText("lastname");
    }

    @Test
    void twoEqualExternalIdentitiesMayExistAndGoWithTheirContact() {
        String id = contact("{\"lastname\":\"Sample\"}");
        String identity = "{\"adx_username\":\"u1\",\"adx_identityprovidername\":\"https://idp.test/\","
                + "\"adx_contactid@odata.bind\":\"/contacts(" + id + ")\"}";

        assertThat(call("POST", "adx_externalidentities", identity).status()).isEqualTo(204);
        assertThat(call("POST", "adx_externalidentities", identity).status()).isEqualTo(204);
        JsonNode found = call(
                        "GET",
                        "adx_externalidentities?$filter=adx_username%20eq%20%27u1%27&$expand=adx_contactid($select=lastname)",
                        "")
                .body()
                .get("value");

        assertThat(found).hasSize(2);
        assertThat(found.get(0).at("/adx_contactid/lastname").textValue()).isEqualTo("Sample");
        assertThat(client.records("dataverse").findValuesAsText("@odata.type"))
                .containsExactly(
                        "#Microsoft.Dynamics.CRM.contact",
                        "#Microsoft.Dynamics.CRM.adx_externalidentity",
                        "#Microsoft.Dynamics.CRM.adx_externalidentity");

        client.control("DELETE", "/contacts/" + id, "");

        assertThat(client.records("dataverse")).isEmpty();
    }

    @Test
    void aWebRoleIsGivenOnceInTheModelOfTheSite() {
        String id = contact("{\"lastname\":\"Sample\"}");
        String standard = "adx_webroles(" + ROLE + ")/adx_webrole_contact";
        String enhanced = "powerpagecomponents(" + ROLE + ")/powerpagecomponent_mspp_webrole_contact";
        String link = "{\"@odata.id\":\"" + "http://org.test/api/data/v9.2/contacts(" + id + ")\"}";

        assertThat(call("POST", enhanced + "/$ref", link).status()).isEqualTo(404);
        assertThat(call("POST", standard + "/$ref", link).status()).isEqualTo(204);
        assertThat(call("POST", standard + "/$ref", link).status()).isEqualTo(412);
        assertThat(call("GET", standard + "?$select=contactid", "").body().get("value"))
                .hasSize(1);
        assertThat(client.records("dataverse").get(0).get("webroles").get(0).textValue())
                .isEqualTo(ROLE);

        assertThat(call("DELETE", standard + "(" + id + ")/$ref", "").status()).isEqualTo(204);
        client.control("PUT", "/systems/dataverse/model", "{\"enhanced\":true}");

        assertThat(code(call("GET", "adx_webroles", ""))).isEqualTo("0x8006088a");
        assertThat(call("POST", enhanced + "/$ref", link).status()).isEqualTo(204);
        assertThat(call("GET", "powerpagecomponents?$filter=powerpagecomponenttype eq 11", "")
                        .body()
                        .get("value"))
                .hasSize(2);
    }

    @Test
    void aChangesetIsDoneWholeOrNotAtAll() {
        String good = changeset("lastname", "u1");

        Reply done = batch(good);

        assertThat(done.status()).isEqualTo(200);
        assertThat(done.text()).contains("HTTP/1.1 204 No Content", "OData-EntityId: ");
        JsonNode records = client.records("dataverse");
        assertThat(records).hasSize(2);
        assertThat(records.get(1).get("_adx_contactid_value"))
                .isEqualTo(records.get(0).get("contactid"));

        Reply failed = batch(changeset("lastname", "u".repeat(101)));

        assertThat(failed.status()).isEqualTo(400);
        assertThat(failed.text()).contains("HTTP/1.1 400", "0x80044331");
        assertThat(client.records("dataverse")).hasSize(2);
    }

    @Test
    void aBatchStopsAtTheFirstErrorUnlessToldToGoOn() {
        String body = part("GET", "contacts(" + ID + ")", "") + part("GET", "contacts?$top=1", "") + "--b--\r\n";

        Reply stopped = batch(body);
        Reply whole = call(
                "POST",
                "$batch",
                body,
                "Content-Type",
                "multipart/mixed;boundary=b",
                "Prefer",
                "odata.continue-on-error");

        assertThat(stopped.status()).isEqualTo(400);
        assertThat(stopped.text()).contains("HTTP/1.1 404").doesNotContain("HTTP/1.1 200");
        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.text()).contains("HTTP/1.1 404", "HTTP/1.1 200");
    }

    private static String part(String method, String url, String body) {
        return "--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n" + method + " "
                + "/api/data/v9.2/" + url + " HTTP/1.1\r\nContent-Type: application/json\r\n\r\n" + body + "\r\n";
    }

    private Reply batch(String body) {
        return call("POST", "$batch", body, "Content-Type", "multipart/mixed;boundary=\"b\"");
    }

    private static String changeset(String column, String userName) {
        return "--b\r\nContent-Type: multipart/mixed;boundary=c\r\n\r\n"
                + inChangeset("1", "contacts?tag=usher", "{\"" + column + "\":\"Sample\"}")
                + inChangeset(
                        "2",
                        "adx_externalidentities",
                        "{\"adx_username\":\"" + userName + "\",\"adx_identityprovidername\":\"https://idp.test/\","
                                + "\"adx_contactid@odata.bind\":\"$1\"}")
                + "--c--\r\n\r\n--b--\r\n";
    }

    private static String inChangeset(String id, String url, String body) {
        return "--c\r\nContent-Type: application/http\r\nContent-ID: " + id + "\r\n\r\nPOST /api/data/v9.2/" + url
                + " HTTP/1.1\r\nContent-Type: application/json\r\n\r\n" + body + "\r\n";
    }

    @Test
    void changesAreTrackedPageByPageWithWhatWasDeleted() {
        String first = contact("{\"lastname\":\"A\"}");
        contact("{\"lastname\":\"B\"}");
        contact("{\"lastname\":\"C\"}");

        Reply page = call("GET", "contacts?$select=lastname", "", "Prefer", "odata.track-changes,odata.maxpagesize=2");
        Reply rest = client.follow(token, page.body().get("@odata.nextLink").textValue(), "odata.track-changes");
        String delta = rest.body().get("@odata.deltaLink").textValue();

        assertThat(page.body().get("value")).hasSize(2);
        assertThat(page.body().has("@odata.deltaLink")).isFalse();
        assertThat(rest.body().get("value")).hasSize(1);
        assertThat(client.follow(token, delta).body().get("value")).isEmpty();

        client.control("PATCH", "/contacts/" + first + "?webhook=false", "{\"lastname\":\"A2\"}");
        String fourth = contact("{\"lastname\":\"D\"}");
        client.control("DELETE", "/contacts/" + fourth, "");
        JsonNode changes = client.follow(token, delta).body().get("value");

        assertThat(changes).hasSize(2);
        assertThat(changes.get(0).get("lastname").textValue()).isEqualTo("A2");
        assertThat(changes.get(1).get("@odata.context").textValue()).endsWith("contacts/$deletedEntity");
        assertThat(changes.get(1).get("id").textValue()).isEqualTo(fourth);
        assertThat(changes.get(1).get("reason").textValue()).isEqualTo("deleted");
        assertThat(call("GET", "contacts?$filter=statecode eq 0", "", "Prefer", "odata.track-changes")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aDeltaTokenEndsAfterSevenDaysOrWhenOrdered() {
        String delta = call("GET", "contacts", "", "Prefer", "odata.track-changes")
                .body()
                .get("@odata.deltaLink")
                .textValue();
        clock.advance(Duration.ofDays(6));
        String later = client.dataverseToken();
        assertThat(client.follow(later, delta).status()).isEqualTo(200);

        clock.advance(Duration.ofHours(25));
        String fresh = client.dataverseToken();
        assertThat(code(client.follow(fresh, delta))).isEqualTo("0x80044352");

        String young = client.dataverse(fresh, "GET", "contacts", "", "Prefer", "odata.track-changes")
                .body()
                .get("@odata.deltaLink")
                .textValue();
        client.control("POST", "/systems/dataverse/expire-delta-tokens", "");

        assertThat(client.follow(fresh, young).status()).isEqualTo(400);
        assertThat(client.dataverse(fresh, "GET", "contacts", "", "Prefer", "odata.track-changes")
                        .body()
                        .has("@odata.deltaLink"))
                .isTrue();
    }

    @Test
    void serviceProtectionRefusesByItsThreeCodes() {
        client.control("PUT", "/systems/dataverse/limits", "{\"perSecond\":1}");
        call("GET", "WhoAmI", "");
        Reply refused = call("GET", "WhoAmI", "");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(code(refused)).isEqualTo("0x80072322");
        assertThat(refused.header("Retry-After")).isEqualTo("1");

        client.control("DELETE", "/systems/dataverse/limits", "");
        client.control("PUT", "/systems/dataverse/settings", "{\"throttleCode\":\"0x80072321\"}");
        client.control("PUT", "/systems/dataverse/faults", "{\"status\":429,\"retryAfter\":3}");

        assertThat(code(call("GET", "WhoAmI", ""))).isEqualTo("0x80072321");
    }

    @Test
    void aDuplicateIsRefusedWhenDetectionIsNotSuppressed() {
        contact("{\"emailaddress1\":\"ada@mail.test\"}");
        String twin = "{\"emailaddress1\":\"ADA@mail.test\"}";

        Reply refused = call("POST", "contacts", twin, "MSCRM.SuppressDuplicateDetection", "false");

        assertThat(refused.status()).isEqualTo(412);
        assertThat(code(refused)).isEqualTo("0x80040333");
        assertThat(call("POST", "contacts", twin).status()).isEqualTo(204);
    }

    @Test
    void aChangeOfAFilteredColumnIsPostedToTheRegisteredEndpoint() throws IOException {
        register("4", "s3cret", "Update", "emailaddress1,lastname");
        String id = contact("{\"lastname\":\"Sample\"}");
        client.control("PATCH", "/contacts/" + id, "{\"firstname\":\"Ada\"}");
        client.control("PATCH", "/contacts/" + id + "?webhook=false", "{\"lastname\":\"Lost\"}");
        client.control("PATCH", "/contacts/" + id, "{\"lastname\":\"Lovelace\"}");

        await().until(() -> !received.isEmpty());
        Received one = received.get(0);

        assertThat(received).hasSize(1);
        assertThat(one.query()).isEqualTo("code=s3cret");
        assertThat(one.headers().get("X-ms-dynamics-entity-name")).containsExactly("contact");
        assertThat(one.headers().get("X-ms-dynamics-request-name")).containsExactly("Update");
        assertThat(one.body().get("MessageName").textValue()).isEqualTo("Update");
        assertThat(one.body().get("PrimaryEntityId").textValue()).isEqualTo(id);
        assertThat(one.body().get("InitiatingUserId").textValue()).isNotEqualTo(OUR_USER);
        assertThat(one.body().get("SharedVariables")).isEmpty();
        JsonNode attributes = one.body().at("/InputParameters/0/value/Attributes");
        assertThat(attributes.findValuesAsText("key"))
                .contains("lastname", "fullname", "modifiedon", "contactid")
                .doesNotContain("firstname");
        assertThat(one.text()).contains("\\/Date(1772445600000)\\/", "-0700)", "2026-03-02T10:00:00-00:00");
    }

    @Test
    void aWriteOverTheWebApiNamesOurUserAndItsTag() throws IOException {
        register("5", "<settings><setting name=\"x-usher-secret\" value=\"s3cret\" /></settings>", "Create", "");

        call("POST", "contacts?tag=usher", "{\"lastname\":\"Sample\"}");
        await().until(() -> received.size() == 1);

        assertThat(received.get(0).headers().get("X-usher-secret")).containsExactly("s3cret");
        assertThat(received.get(0).body().get("InitiatingUserId").textValue()).isEqualTo(OUR_USER);
        assertThat(received.get(0).body().at("/SharedVariables/0/key").textValue())
                .isEqualTo("tag");
        assertThat(received.get(0).body().at("/SharedVariables/0/value").textValue())
                .isEqualTo("usher");
        assertThat(call("GET", "serviceendpoints?$filter=contract eq 8", "")
                        .body()
                        .at("/value/0/authvalue")
                        .isMissingNode())
                .isTrue();

        call(
                "POST",
                "contacts",
                "{\"lastname\":\"B\"}",
                "MSCRM.BypassBusinessLogicExecution",
                "CustomSync,CustomAsync");
        call("POST", "contacts", "{\"description\":\"" + "x".repeat(2000) + "\"}");
        await().until(() -> received.size() == 2);
    }

    @Test
    void aDeletionIsPostedAsAReference() throws IOException {
        register("6", "<settings><setting name=\"key\" value=\"a b\"/></settings>", "Delete", "");
        String id = contact("{\"lastname\":\"Sample\"}");

        client.control("DELETE", "/contacts/" + id, "");
        await().until(() -> received.size() == 1);

        assertThat(received.get(0).query()).isEqualTo("key=a+b");
        assertThat(received.get(0).body().at("/InputParameters/0/value/__type").textValue())
                .startsWith("EntityReference:");
        assertThat(received.get(0).body().at("/InputParameters/0/value/Id").textValue())
                .isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({"503,200,2,0", "500,200,1,1", "502,504,2,1"})
    void onlyABadGatewayIsTriedOnceMore(int first, int second, int posts, int failures) throws IOException {
        hookAnswers.addAll(List.of(first, second));
        register("4", "k", "Create", "");

        contact("{\"lastname\":\"Sample\"}");
        await().until(() -> received.size() == posts);
        await().until(() -> failed().size() == failures);

        assertThat(received).hasSize(posts);
    }

    private JsonNode failed() {
        return call("GET", "asyncoperations?$filter=statuscode eq 31", "")
                .body()
                .get("value");
    }

    private void register(String authType, String value, String message, String attributes) throws IOException {
        hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/hook", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            received.add(new Received(
                    Map.copyOf(exchange.getRequestHeaders()),
                    exchange.getRequestURI().getRawQuery(),
                    Json.read(body).orElse(null),
                    new String(body)));
            exchange.sendResponseHeaders(hookAnswers.isEmpty() ? 200 : hookAnswers.remove(0), -1);
            exchange.close();
        });
        hook.start();
        String url = "http://127.0.0.1:" + hook.getAddress().getPort() + "/hook";
        String endpoint = made(call(
                "POST",
                "serviceendpoints",
                Json.object()
                        .put("name", "usher")
                        .put("url", url)
                        .put("contract", 8)
                        .put("authtype", Integer.parseInt(authType))
                        .put("authvalue", value)
                        .put("messageformat", 2)
                        .toString()));
        String messageId = one("sdkmessages?$filter=name eq '" + message + "'", "sdkmessageid");
        String filterId = one(
                "sdkmessagefilters?$filter=primaryobjecttypecode eq 'contact' and sdkmessageid/name eq '" + message
                        + "'",
                "sdkmessagefilterid");
        Reply step = call(
                "POST",
                "sdkmessageprocessingsteps",
                Json.object()
                        .put("name", "usher contact " + message)
                        .put("stage", 40)
                        .put("mode", 1)
                        .put("rank", 1)
                        .put("supporteddeployment", 0)
                        .put("asyncautodelete", true)
                        .put("filteringattributes", attributes)
                        .put("sdkmessageid@odata.bind", "/sdkmessages(" + messageId + ")")
                        .put("sdkmessagefilterid@odata.bind", "/sdkmessagefilters(" + filterId + ")")
                        .put("eventhandler_serviceendpoint@odata.bind", "/serviceendpoints(" + endpoint + ")")
                        .toString());
        assertThat(step.status()).as(step.text()).isEqualTo(204);
    }

    private String one(String query, String member) {
        JsonNode rows = call("GET", query.replace("'", "%27"), "").body().get("value");
        assertThat(rows).hasSize(1);
        return rows.get(0).get(member).textValue();
    }

    private static String made(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(204);
        return reply.header("OData-EntityId").replaceFirst(".*\\(([^)]+)\\)", "$1");
    }
}
