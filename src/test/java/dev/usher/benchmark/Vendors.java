package dev.usher.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.entra.EntraTenant;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Addresses and contents of the calls that all programs make: the same as Usher's. */
final class Vendors {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String STRIPE_VERSION = "2026-10-28.endive";
    static final String MAILCHIMP_LOGIN =
            "Basic " + Base64.getEncoder().encodeToString("usher:sandbox0key-us19".getBytes(StandardCharsets.UTF_8));

    private static final String SELECT =
            "id,displayName,givenName,surname,mail,otherMails,userPrincipalName,identities,"
                    + "accountEnabled,createdDateTime,creationType,preferredLanguage,userType,"
                    + EntraTenant.extension("marketingConsent") + "," + EntraTenant.extension("customerType") + ","
                    + EntraTenant.extension("stripeCustomerId");

    private Vendors() {}

    static String base(String system) {
        return "http://127.0.0.1:" + Integer.getInteger("sandbox.port." + system);
    }

    static String token() {
        return base("entra") + "/" + EntraTenant.ID + "/oauth2/v2.0/token";
    }

    static String tokenRequest() {
        return "grant_type=client_credentials&client_id=" + EntraTenant.CLIENT_ID
                + "&client_secret=sandbox-client-secret&scope=" + encoded("https://graph.microsoft.com/.default");
    }

    static String graph(String path) {
        return base("entra") + "/v1.0" + path;
    }

    static String audits(Instant from) {
        return "/auditLogs/directoryAudits?$filter="
                + encoded("activityDateTime ge " + from + " and activityDisplayName eq 'Add user'")
                + "&$orderby=activityDateTime%20asc&$top=1000";
    }

    static String user(String id) {
        return "/users/" + id + "?$select=" + SELECT;
    }

    static ObjectNode batch(List<String> ids) {
        var batch = JSON.createObjectNode();
        var requests = batch.putArray("requests");
        ids.forEach(
                id -> requests.addObject().put("id", id).put("method", "GET").put("url", user(id)));
        return batch;
    }

    static String customers() {
        return base("stripe") + "/v1/customers";
    }

    static String customer(JsonNode user) {
        return "email=" + encoded(email(user)) + "&name=" + encoded(name(user)) + "&metadata%5Bentra_object_id%5D="
                + user.path("id").asText() + "&metadata%5Bdirectory_state%5D=active";
    }

    static String members() {
        return base("mailchimp") + "/3.0/lists/a1b2c3d4e5/members";
    }

    static String member(JsonNode user) {
        var member = JSON.createObjectNode().put("email_address", email(user)).put("status", "pending");
        member.putArray("tags").add("customer");
        member.putObject("merge_fields")
                .put("FNAME", user.path("givenName").asText())
                .put("LNAME", user.path("surname").asText());
        return member.toString();
    }

    /** The repaired names, and the customer. */
    static String patch(JsonNode user, String customer) {
        var id = user.path("id").asText();
        return JSON.createObjectNode()
                .put(
                        "userPrincipalName",
                        (user.path("givenName").asText() + "."
                                                + user.path("surname").asText() + "." + id.substring(0, 5))
                                        .toLowerCase(Locale.ROOT)
                                + "@" + EntraTenant.DOMAIN)
                .put("displayName", name(user))
                .put(EntraTenant.extension("stripeCustomerId"), customer)
                .toString();
    }

    static String jdbc() {
        return "jdbc:h2:tcp://127.0.0.1:" + Integer.getInteger("sandbox.port.sql") + "/mem:customers";
    }

    /** The statement of Usher's own route, with its named parameters as given. */
    static String upsert() throws java.io.IOException {
        return Files.readString(Path.of("routes/destinations/sql/upsert-customer.h2.sql"));
    }

    static String email(JsonNode user) {
        for (var identity : user.path("identities")) {
            if (identity.path("signInType").asText().equals("emailAddress")) {
                return identity.path("issuerAssignedId").asText();
            }
        }
        return "";
    }

    static String name(JsonNode user) {
        return user.path("givenName").asText() + " " + user.path("surname").asText();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
