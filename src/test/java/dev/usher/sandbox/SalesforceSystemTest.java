package dev.usher.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.sandbox.SandboxClient.Reply;
import dev.usher.sandbox.salesforce.Org;
import dev.usher.sandbox.server.Json;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SalesforceSystemTest {
    private static final String OID = "11111111-2222-3333-4444-555555555555";
    private static final String ADA = "/sobjects/Contact/Entra_Oid__c/" + OID;
    private static final String NAME = "{\"LastName\":\"Lovelace\",\"FirstName\":\"Ada\",\"Email\":\"ada@mail.test\"}";

    private final Sandbox sandbox = Sandbox.start(SandboxPorts.random());
    private final SandboxClient client = new SandboxClient(sandbox);
    private final String token = client.salesforceToken();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void anUpsertMakesAContactAndThenChangesIt() {
        Reply made = patch(NAME);
        Reply changed = patch("{\"LastName\":\"King\",\"FirstName\":null}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body().get("created").booleanValue()).isTrue();
        assertThat(made.body().get("id").textValue()).startsWith("003").hasSize(18);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body().get("created").booleanValue()).isFalse();
        assertThat(changed.body().get("id")).isEqualTo(made.body().get("id"));
        JsonNode contact = client.records("salesforce").get(0);
        assertThat(contact.get("LastName").textValue()).isEqualTo("King");
        assertThat(contact.get("FirstName").isNull()).isTrue();
        assertThat(contact.get("Email").textValue()).isEqualTo("ada@mail.test");
        assertThat(contact.get("Entra_Oid__c").textValue()).isEqualTo(OID);
    }

    @Test
    void aContactIsReadAndDeletedByItsExternalId() {
        patch(NAME);

        Reply read = client.salesforce(token, "GET", ADA, "");
        Reply deleted = client.salesforce(token, "DELETE", ADA, "");

        assertThat(read.body().at("/attributes/type").textValue()).isEqualTo("Contact");
        assertThat(read.body().get("Name").textValue()).isEqualTo("Ada Lovelace");
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(error(client.salesforce(token, "GET", ADA, ""))).isEqualTo("404 NOT_FOUND");
        assertThat(client.records("salesforce")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"FirstName\":\"Ada\"}|REQUIRED_FIELD_MISSING",
                "{\"LastName\":null}|REQUIRED_FIELD_MISSING",
                "{\"LastName\":\"L\",\"Nickname\":\"A\"}|INVALID_FIELD",
                "{\"LastName\":\"L\",\"Id\":\"003\"}|INVALID_FIELD",
                "{\"LastName\":\"L\",\"Entra_Oid__c\":\"1\"}|INVALID_FIELD",
                "{\"LastName\":\"L\",\"Email\":\"nobody\"}|INVALID_EMAIL_ADDRESS",
                "{\"LastName\":\"L\",\"FirstName\":\"12345678901234567890123456789012345678901\"}|STRING_TOO_LONG",
                "{\"LastName\":1}|JSON_PARSER_ERROR",
                "{\"LastName\":|JSON_PARSER_ERROR"
            })
    void aWrongBodyIsRefused(String body, String code) {
        assertThat(error(patch(body))).isEqualTo("400 " + code);
        assertThat(client.records("salesforce")).isEmpty();
    }

    @Test
    void aWrongFieldObjectOrVersionIsNotFound() {
        assertThat(error(client.salesforce(token, "PATCH", "/sobjects/Contact/Other__c/1", NAME)))
                .isEqualTo("404 NOT_FOUND");
        assertThat(error(client.salesforce(token, "PATCH", ADA + "?updateOnly=true", NAME)))
                .isEqualTo("404 NOT_FOUND");
    }

    @Test
    void severalContactsWithTheSameExternalIdAreShownAndNothingIsWritten() {
        for (String name : new String[] {"One", "Two"}) {
            client.control(
                    "POST",
                    "/systems/salesforce/contacts",
                    "{\"LastName\":\"" + name + "\",\"Entra_Oid__c\":\"" + OID + "\"}");
        }

        Reply reply = patch(NAME);

        assertThat(reply.status()).isEqualTo(300);
        assertThat(reply.body())
                .extracting(JsonNode::textValue)
                .hasSize(2)
                .allMatch(link -> link.startsWith("/services/data/v64.0/sobjects/Contact/003"));
        assertThat(client.records("salesforce"))
                .extracting(one -> one.get("LastName").textValue())
                .containsExactly("One", "Two");
    }

    @ParameterizedTest
    @CsvSource({"false,duplicateResult", "true,duplicateResut"})
    void aDuplicateIsDetectedUnlessTheCallerAllowsIt(boolean misspelt, String member) {
        client.control(
                "PUT", "/systems/salesforce/settings", "{\"duplicates\":\"alert\",\"misspelt\":" + misspelt + "}");
        String other = client.control(
                        "POST", "/systems/salesforce/contacts", "{\"LastName\":\"A\",\"Email\":\"Ada@mail.test\"}")
                .body()
                .get("id")
                .textValue();

        Reply detected = patch(NAME);
        Reply allowed = client.salesforce(token, "PATCH", ADA, NAME, "Sforce-Duplicate-Rule-Header", "allowSave=true");
        Reply again = patch(NAME);

        assertThat(error(detected)).isEqualTo("400 DUPLICATES_DETECTED");
        assertThat(detected.body()
                        .get(0)
                        .get(member)
                        .at("/matchResults/0/matchRecords/0/record/Id")
                        .textValue())
                .isEqualTo(other);
        assertThat(allowed.status()).isEqualTo(201);
        assertThat(error(again)).isEqualTo("400 DUPLICATES_DETECTED");
    }

    @Test
    void aRuleThatBlocksCannotBePassedOver() {
        client.control("PUT", "/systems/salesforce/settings", "{\"duplicates\":\"block\"}");
        client.control("POST", "/systems/salesforce/contacts", "{\"LastName\":\"A\",\"Email\":\"ada@mail.test\"}");

        Reply reply = client.salesforce(token, "PATCH", ADA, NAME, "Sforce-Duplicate-Rule-Header", "allowSave=true");

        assertThat(error(reply)).isEqualTo("400 DUPLICATES_DETECTED");
    }

    @Test
    void aLockedRowIsFreeAgainAfterSoManyWrites() {
        client.control("PUT", "/systems/salesforce/settings", "{\"rowLocks\":1}");

        assertThat(error(patch(NAME))).isEqualTo("400 UNABLE_TO_LOCK_ROW");
        assertThat(patch(NAME).status()).isEqualTo(201);
    }

    @Test
    void everyAnswerTellsTheCallsUsedAndTheLimitHolds() {
        client.control("PUT", "/systems/salesforce/settings", "{\"dailyLimit\":3}");

        assertThat(patch(NAME).header("Sforce-Limit-Info")).isEqualTo("api-usage=1/3");
        assertThat(patch("{}").header("Sforce-Limit-Info")).isEqualTo("api-usage=2/3");
        Reply limits = client.salesforce(token, "GET", "/limits", "");
        assertThat(limits.body().at("/DailyApiRequests/Max").intValue()).isEqualTo(3);
        assertThat(limits.body().at("/DailyApiRequests/Remaining").intValue()).isZero();

        Reply over = patch(NAME);
        assertThat(error(over)).isEqualTo("403 REQUEST_LIMIT_EXCEEDED");
        assertThat(over.header("Sforce-Limit-Info")).isEqualTo("api-usage=3/3");

        client.control("PUT", "/systems/salesforce/settings", "{\"callsUsed\":0}");
        assertThat(patch(NAME).status()).isEqualTo(200);
    }

    @Test
    void anEndedSessionIsRefused() {
        client.control("POST", "/systems/salesforce/end-sessions", "");

        assertThat(error(patch(NAME))).isEqualTo("401 INVALID_SESSION_ID");
        assertThat(client.salesforce(client.salesforceToken(), "PATCH", ADA, NAME)
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aTokenHasNoEndThatTheAnswerTells() {
        Reply reply = client.salesforceToken(
                "grant_type=client_credentials&client_id=" + Org.CLIENT_ID + "&client_secret=" + Org.CLIENT_SECRET);

        assertThat(reply.body().has("expires_in")).isFalse();
        assertThat(reply.body().get("instance_url").textValue())
                .isEqualTo("http://127.0.0.1:" + sandbox.port("salesforce"));
        assertThat(reply.body().get("id").textValue()).contains("/id/" + Org.ID + "/005");
    }

    @ParameterizedTest
    @CsvSource({
        "grant_type=password,unsupported_grant_type",
        "grant_type=client_credentials&client_id=other&client_secret=sandbox-consumer-secret,invalid_client_id",
        "grant_type=client_credentials&client_id=3MVGsandboxConsumerKey&client_secret=wrong,invalid_client"
    })
    void aWrongTokenRequestIsRefused(String form, String error) {
        Reply reply = client.salesforceToken(form);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().get("error").textValue()).isEqualTo(error);
    }

    @ParameterizedTest
    @CsvSource({
        "3MVGsandboxConsumerKey,usher@integration.example,https://login.salesforce.com,180,RS256,",
        "other,usher@integration.example,https://login.salesforce.com,180,RS256,client identifier invalid",
        "3MVGsandboxConsumerKey,other@example.org,https://login.salesforce.com,180,RS256,user hasn't approved this consumer",
        "3MVGsandboxConsumerKey,usher@integration.example,https://test.salesforce.com,180,RS256,audience is invalid",
        "3MVGsandboxConsumerKey,usher@integration.example,https://login.salesforce.com,-1,RS256,expired authorization code",
        "3MVGsandboxConsumerKey,usher@integration.example,https://login.salesforce.com,180,none,invalid assertion"
    })
    void aSignedAssertionIsVerified(
            String issuer, String subject, String audience, int life, String algorithm, String wrong) throws Exception {
        String claims = Json.object()
                .put("iss", issuer)
                .put("sub", subject)
                .put("aud", audience)
                .put("exp", Instant.now().getEpochSecond() + life)
                .toString();

        Reply reply = client.salesforceToken("grant_type="
                + SandboxClient.encoded("urn:ietf:params:oauth:grant-type:jwt-bearer") + "&assertion="
                + signed("{\"alg\":\"" + algorithm + "\"}", claims));

        if (wrong == null) {
            assertThat(reply.body().has("access_token")).isTrue();
            assertThat(reply.body().has("issued_at")).isFalse();
        } else {
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body().get("error").textValue()).isEqualTo("invalid_grant");
            assertThat(reply.body().get("error_description").textValue()).isEqualTo(wrong);
        }
    }

    private static String signed(String header, String claims) throws Exception {
        String pem = new String(
                SalesforceSystemTest.class
                        .getResourceAsStream("/sandbox/usher-sandbox-only.key.pem")
                        .readAllBytes(),
                StandardCharsets.US_ASCII);
        byte[] key = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key)));
        String text = encoded(header.getBytes(StandardCharsets.UTF_8)) + "."
                + encoded(claims.getBytes(StandardCharsets.UTF_8));
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + encoded(signature.sign());
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private Reply patch(String body) {
        return client.salesforce(token, "PATCH", ADA, body);
    }

    private static String error(Reply reply) {
        return reply.status() + " " + reply.body().at("/0/errorCode").asText();
    }
}
