package dev.usher.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.usher.sandbox.entra.EntraTenant;
import dev.usher.sandbox.mailchimp.MailchimpSystem;
import dev.usher.sandbox.salesforce.Org;
import dev.usher.sandbox.server.Json;
import dev.usher.sandbox.stripe.StripeSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** A stranger who talks to the sandbox over HTTP. */
final class SandboxClient {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Sandbox sandbox;

    SandboxClient(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** An answer; the body is null where it is no JSON. */
    record Reply(int status, java.net.http.HttpHeaders headers, JsonNode body, String text) {
        String header(String name) {
            return headers.firstValue(name).orElse(null);
        }
    }

    Reply control(String method, String path, String body) {
        return send(request(method, sandbox.control() + path, body));
    }

    JsonNode records(String system) {
        return control("GET", "/systems/" + system + "/records", "").body();
    }

    ArrayNode calls(String system) {
        return (ArrayNode) control("GET", "/systems/" + system + "/calls", "").body();
    }

    String signUp(String body) {
        return control("POST", "/sign-ups", body).body().get("userId").textValue();
    }

    Reply token(String form) {
        String url = "http://127.0.0.1:" + sandbox.port("entra") + "/" + EntraTenant.ID + "/oauth2/v2.0/token";
        return send(request("POST", url, form).setHeader("Content-Type", "application/x-www-form-urlencoded"));
    }

    String token() {
        return token(secretForm()).body().get("access_token").textValue();
    }

    static String secretForm() {
        return "grant_type=client_credentials&client_id=" + EntraTenant.CLIENT_ID + "&client_secret="
                + EntraTenant.CLIENT_SECRET + "&scope=" + encoded("https://graph.microsoft.com/.default");
    }

    Reply graph(String token, String method, String path, String body) {
        return send(request(method, "http://127.0.0.1:" + sandbox.port("entra") + "/v1.0" + path, body)
                .header("Authorization", "Bearer " + token));
    }

    Reply follow(String token, String link) {
        return send(request("GET", link.replace(" ", "%20"), "").header("Authorization", "Bearer " + token));
    }

    Reply follow(String token, String link, String prefer) {
        return send(request("GET", link.replace(" ", "%20"), "")
                .header("Authorization", "Bearer " + token)
                .header("Prefer", prefer));
    }

    Reply stripe(String method, String path, String form, String... headers) {
        HttpRequest.Builder request = request(method, "http://127.0.0.1:" + sandbox.port("stripe") + path, form)
                .header("Authorization", "Bearer " + StripeSystem.KEY)
                .setHeader("Content-Type", "application/x-www-form-urlencoded");
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    Reply mailchimp(String method, String path, String body) {
        String pair = "usher:" + MailchimpSystem.KEY;
        return send(request(method, "http://127.0.0.1:" + sandbox.port("mailchimp") + "/3.0" + path, body)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))));
    }

    Reply salesforceToken(String form) {
        String url = "http://127.0.0.1:" + sandbox.port("salesforce") + "/services/oauth2/token";
        return send(request("POST", url, form).setHeader("Content-Type", "application/x-www-form-urlencoded"));
    }

    String salesforceToken() {
        return salesforceToken("grant_type=client_credentials&client_id=" + Org.CLIENT_ID + "&client_secret="
                        + Org.CLIENT_SECRET)
                .body()
                .get("access_token")
                .textValue();
    }

    /** A token of the workforce tenant for the simulated Dataverse. */
    String dataverseToken() {
        String form = "grant_type=client_credentials&client_id=" + EntraTenant.WORKFORCE_CLIENT_ID + "&client_secret="
                + EntraTenant.WORKFORCE_CLIENT_SECRET + "&scope="
                + encoded("http://127.0.0.1:" + sandbox.port("dataverse") + "/.default");
        String url =
                "http://127.0.0.1:" + sandbox.port("entra") + "/" + EntraTenant.WORKFORCE_ID + "/oauth2/v2.0/token";
        return send(request("POST", url, form).setHeader("Content-Type", "application/x-www-form-urlencoded"))
                .body()
                .get("access_token")
                .textValue();
    }

    Reply salesforce(String token, String method, String path, String body, String... headers) {
        String url = "http://127.0.0.1:" + sandbox.port("salesforce") + "/services/data/v64.0" + path;
        HttpRequest.Builder request = request(method, url, body).header("Authorization", "Bearer " + token);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    Reply dataverse(String token, String method, String path, String body, String... headers) {
        String url = "http://127.0.0.1:" + sandbox.port("dataverse") + "/api/data/v9.2/" + path.replace(" ", "%20");
        HttpRequest.Builder request = request(method, url, body).setHeader("Authorization", "Bearer " + token);
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static HttpRequest.Builder request(String method, String url, String body) {
        HttpRequest.BodyPublisher publisher =
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .method(method, publisher);
    }

    /** @throws UncheckedIOException when there is no answer */
    Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Reply(
                    response.statusCode(),
                    response.headers(),
                    Json.read(response.body()).orElse(null),
                    new String(response.body(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
