package dev.usher.sandbox.salesforce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Call;
import dev.usher.sandbox.server.Form;
import dev.usher.sandbox.server.Json;
import dev.usher.sandbox.server.RandomIds;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /services/oauth2/token}: client credentials or a signed assertion. A session has no end that the answer
 * would tell; it ends when somebody ends it.
 */
final class Sessions {
    static final String PATH = "/services/oauth2/token";
    private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private final Clock clock;
    private final JwtBearer assertions;
    private final Set<String> open = ConcurrentHashMap.newKeySet();

    Sessions(Clock clock) {
        this.clock = clock;
        this.assertions = new JwtBearer(clock);
    }

    void endAll() {
        open.clear();
    }

    boolean accepts(@Nullable String authorization) {
        return authorization != null
                && authorization.startsWith("Bearer ")
                && open.contains(authorization.substring("Bearer ".length()));
    }

    Answer answer(Call call, String instance) {
        if (!call.method().equals("POST")) {
            return SalesforceErrors.oauth("invalid_request", "must use HTTP POST");
        }
        Map<String, String> form = Form.decode(new String(call.body(), StandardCharsets.UTF_8));
        return switch (form.getOrDefault("grant_type", "")) {
            case "client_credentials" -> byCredentials(form, instance);
            case JWT_BEARER -> byAssertion(form.getOrDefault("assertion", ""), instance);
            default -> SalesforceErrors.oauth("unsupported_grant_type", "grant type not supported");
        };
    }

    private Answer byCredentials(Map<String, String> form, String instance) {
        if (!Org.CLIENT_ID.equals(form.get("client_id"))) {
            return SalesforceErrors.oauth("invalid_client_id", "client identifier invalid");
        }
        if (!Org.CLIENT_SECRET.equals(form.get("client_secret"))) {
            return SalesforceErrors.oauth("invalid_client", "invalid client credentials");
        }
        return Answer.json(
                200,
                opened(instance)
                        .put("signature", RandomIds.uuid())
                        .put("issued_at", String.valueOf(clock.millis()))
                        .put("token_format", "opaque"));
    }

    private Answer byAssertion(String assertion, String instance) {
        String wrong = assertions.refusal(assertion);
        return wrong == null ? Answer.json(200, opened(instance)) : SalesforceErrors.oauth("invalid_grant", wrong);
    }

    private ObjectNode opened(String instance) {
        String token = Org.ID.substring(0, 15) + "!" + RandomIds.uuid() + RandomIds.uuid();
        open.add(token);
        return Json.object()
                .put("access_token", token)
                .put("scope", "api")
                .put("instance_url", instance)
                .put("id", "https://login.salesforce.com/id/" + Org.ID + "/" + Org.RUN_AS)
                .put("token_type", "Bearer");
    }
}
