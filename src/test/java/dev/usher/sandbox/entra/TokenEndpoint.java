package dev.usher.sandbox.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Call;
import dev.usher.sandbox.server.Form;
import dev.usher.sandbox.server.Json;
import dev.usher.sandbox.server.RandomIds;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /{tenant}/oauth2/v2.0/token}: client credentials, with a secret or, in the customers' tenant, a signed assertion. Serves the
 * workforce tenant too; a token is good for the tenant and the resource it was asked for.
 */
final class TokenEndpoint {
    static final Duration LIFETIME = Duration.ofSeconds(3599);
    private static final String PATH = "/oauth2/v2.0/token";

    private final Clock clock;
    private final ClientAssertion assertion;
    private final Supplier<Set<String>> roles;
    private final Map<String, Issued> tokens = new ConcurrentHashMap<>();
    private volatile Duration lifetime = LIFETIME;

    /** @param roles the application permissions that a token for Graph shows */
    TokenEndpoint(Clock clock, Supplier<Set<String>> roles) {
        this.clock = clock;
        this.roles = roles;
        this.assertion = ClientAssertion.ofSandboxCertificate(clock);
    }

    /** @param resource the scope without {@code /.default} */
    private record Issued(String tenant, String resource, Instant end) {}

    private record App(String tenant, String clientId, String secret) {}

    private static final App CUSTOMERS = new App(EntraTenant.ID, EntraTenant.CLIENT_ID, EntraTenant.CLIENT_SECRET);
    private static final App WORKFORCE =
            new App(EntraTenant.WORKFORCE_ID, EntraTenant.WORKFORCE_CLIENT_ID, EntraTenant.WORKFORCE_CLIENT_SECRET);

    static boolean serves(String path) {
        return path.endsWith(PATH);
    }

    void lifetime(Duration newLifetime) {
        lifetime = newLifetime;
    }

    void revokeAll() {
        tokens.clear();
    }

    /** Whether a token was issued by this tenant for this resource, is not revoked and has not run out. */
    boolean accepts(String token, String tenant, String resource) {
        Issued issued = tokens.get(token);
        return issued != null
                && issued.tenant().equals(tenant)
                && issued.resource().equals(resource)
                && clock.instant().isBefore(issued.end());
    }

    Answer answer(Call call) {
        String tenant = call.path().substring(1, call.path().length() - PATH.length());
        App app = app(tenant);
        if (app == null) {
            return error(400, "invalid_request", 90002, "Tenant '" + tenant + "' not found.");
        }
        Map<String, String> form = Form.decode(new String(call.body(), StandardCharsets.UTF_8));
        if (!"client_credentials".equals(form.get("grant_type"))) {
            return error(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.");
        }
        if (!app.clientId().equalsIgnoreCase(form.get("client_id"))) {
            return error(
                    400,
                    "unauthorized_client",
                    700016,
                    "Application with identifier '" + form.get("client_id") + "' was not found in the directory.");
        }
        String scope = form.getOrDefault("scope", "");
        int end = scope.indexOf("/.default");
        if (end < 0) {
            return error(
                    400, "invalid_scope", 70011, "The provided value for the input parameter 'scope' is not valid.");
        }
        Answer refusal = credential(app, form);
        String resource = scope.substring(scope.lastIndexOf(' ', end) + 1, end);
        return refusal == null ? issue(app, resource) : refusal;
    }

    private static @Nullable App app(String tenant) {
        if (tenant.equalsIgnoreCase(CUSTOMERS.tenant()) || tenant.equalsIgnoreCase(EntraTenant.DOMAIN)) {
            return CUSTOMERS;
        }
        return tenant.equalsIgnoreCase(WORKFORCE.tenant()) ? WORKFORCE : null;
    }

    private @Nullable Answer credential(App app, Map<String, String> form) {
        String signed = form.get("client_assertion");
        if (signed != null && app.equals(CUSTOMERS)) {
            String wrong = assertion.refusal(signed, form.get("client_assertion_type"));
            return wrong == null ? null : error(401, "invalid_client", 700027, "Client assertion failed: " + wrong);
        }
        String secret = form.get("client_secret");
        if (secret == null) {
            return error(
                    401,
                    "invalid_client",
                    7000218,
                    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
        }
        return secret.equals(app.secret())
                ? null
                : error(401, "invalid_client", 7000215, "Invalid client secret provided.");
    }

    private Answer issue(App app, String resource) {
        String token = jwt(app, resource);
        tokens.put(token, new Issued(app.tenant(), resource, clock.instant().plus(lifetime)));
        return Answer.json(
                        200,
                        Json.object()
                                .put("token_type", "Bearer")
                                .put("expires_in", lifetime.toSeconds())
                                .put("ext_expires_in", lifetime.toSeconds())
                                .put("access_token", token))
                .with("Cache-Control", "no-store, no-cache");
    }

    /** In the form of a JWT, with a signature that nobody checks. */
    private String jwt(App app, String resource) {
        ObjectNode claims =
                Json.object().put("aud", resource).put("appid", app.clientId()).put("tid", app.tenant());
        if (app.equals(CUSTOMERS)) {
            roles.get().forEach(claims.putArray("roles")::add);
        }
        return base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + base64(claims.toString()) + "."
                + UUID.randomUUID();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Entra's error for a status ordered by a fault. */
    Answer ofStatus(int status) {
        return switch (status) {
            case 400, 401 -> error(status, "invalid_client", 7000215, "Invalid client secret provided.");
            case 429 -> error(429, "temporarily_unavailable", 90055, "Too many requests.");
            default ->
                error(status, "temporarily_unavailable", 90033, "A transient error has occurred. Please try again.");
        };
    }

    private Answer error(int status, String error, int code, String message) {
        String trace = RandomIds.uuid();
        ObjectNode body = Json.object()
                .put("error", error)
                .put("error_description", "AADSTS" + code + ": " + message + " Trace ID: " + trace);
        body.putArray("error_codes").add(code);
        body.put("timestamp", clock.instant().toString().replace("T", " "));
        body.put("trace_id", trace).put("correlation_id", trace);
        return Answer.json(status, body);
    }
}
