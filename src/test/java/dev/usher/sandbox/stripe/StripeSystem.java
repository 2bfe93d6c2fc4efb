package dev.usher.sandbox.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Call;
import dev.usher.sandbox.server.Fault;
import dev.usher.sandbox.server.Form;
import dev.usher.sandbox.server.HttpSystem;
import dev.usher.sandbox.server.Limit;
import dev.usher.sandbox.server.Limits;
import dev.usher.sandbox.server.Settings;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stripe's customers, in test mode. Faults with a status are answered in front of the idempotency layer, as a failing load balancer does, so
 * they are not kept under a key, unless they are {@code stored}; {@code cut: after} and latency come behind it.
 */
public final class StripeSystem extends HttpSystem {
    /** A restricted key with the permission to write customers. */
    public static final String KEY = "rk_test_sandbox";

    private static final HttpString IDEMPOTENCY_KEY = new HttpString("Idempotency-Key");
    private static final HttpString STRIPE_VERSION = new HttpString("Stripe-Version");
    private static final String CUSTOMERS = "/v1/customers";
    private static final int LONGEST_KEY = 255;

    private final IdempotencyKeys keys = new IdempotencyKeys();
    private final Customers customers;

    public StripeSystem(Clock clock) {
        super(clock);
        this.customers = new Customers(clock);
    }

    @Override
    public String name() {
        return "stripe";
    }

    @Override
    public int standardPort() {
        return 9402;
    }

    /** Stripe prunes its idempotency keys, which it may after 24 hours: every key is as good as new. */
    public void forgetKeys() {
        keys.forget();
    }

    /** How long a change stays unknown to the search; 60 s unless set. */
    public void searchLag(Duration lag) {
        customers.searchLag(lag);
    }

    @Override
    protected Answer answer(Call call) {
        String requestId = "req_"
                + Long.toString(
                        Math.abs(
                                java.util.concurrent.ThreadLocalRandom.current().nextLong()),
                        36);
        Answer answer = authorized(call, requestId).with("Request-Id", requestId);
        String version = call.header(STRIPE_VERSION);
        return version == null ? answer : answer.with("Stripe-Version", version);
    }

    private Answer authorized(Call call, String requestId) {
        String key = key(call.header(Headers.AUTHORIZATION));
        if (!KEY.equals(key)) {
            return StripeErrors.unauthorized(key);
        }
        if (!call.path().startsWith(CUSTOMERS)) {
            return StripeErrors.invalidRequest(
                    404, null, null, "Unrecognized request URL (" + call.method() + ": " + call.path() + ").");
        }
        return switch (call.method()) {
            case "GET" -> read(call);
            case "DELETE" -> customers.delete(id(call));
            case "POST" -> write(call, requestId);
            default -> StripeErrors.invalidRequest(405, null, null, "Method not allowed.");
        };
    }

    private Answer read(Call call) {
        if (call.path().equals(CUSTOMERS)) {
            return customers.list(call.query());
        }
        return call.path().equals(CUSTOMERS + "/search") ? customers.search(call.query()) : customers.get(id(call));
    }

    private Answer write(Call call, String requestId) {
        String type = call.header(Headers.CONTENT_TYPE);
        if (call.body().length > 0 && (type == null || !type.startsWith("application/x-www-form-urlencoded"))) {
            return StripeErrors.invalidRequest(
                    400,
                    null,
                    null,
                    "Invalid request (check that your POST content type is application/x-www-form-urlencoded).");
        }
        CustomerParameters parameters =
                new CustomerParameters(Form.decode(new String(call.body(), StandardCharsets.UTF_8)));
        String key = call.header(IDEMPOTENCY_KEY);
        if (key == null || key.isEmpty()) {
            return execute(call, parameters, null);
        }
        if (key.length() > LONGEST_KEY) {
            return StripeErrors.invalidRequest(
                    400, null, null, "Idempotency keys can have up to " + LONGEST_KEY + " characters.");
        }
        Answer instead = keys.begin(key, call, parameters.sorted(), requestId);
        Answer answer = instead == null ? execute(call, parameters, key) : instead;
        return answer.with("Idempotency-Key", key);
    }

    @Override
    protected Answer failedInside(Call call, Answer failure, Fault.Cut when) {
        String key = call.header(IDEMPOTENCY_KEY);
        if (key == null || !call.method().equals("POST")) {
            return super.failedInside(call, failure, when);
        }
        CustomerParameters parameters =
                new CustomerParameters(Form.decode(new String(call.body(), StandardCharsets.UTF_8)));
        Answer instead = keys.begin(key, call, parameters.sorted(), "req_ordered");
        if (instead != null) {
            return instead;
        }
        if (when == Fault.Cut.AFTER) {
            execute(call, parameters, null);
        }
        keys.store(key, failure);
        return failure;
    }

    private Answer execute(Call call, CustomerParameters parameters, @Nullable String key) {
        Answer refusal = parameters.refusal();
        if (refusal != null) {
            return refusal;
        }
        Answer answer =
                call.path().equals(CUSTOMERS) ? customers.create(parameters) : customers.update(id(call), parameters);
        if (key != null) {
            keys.store(key, answer);
        }
        return answer;
    }

    private static String id(Call call) {
        return call.path().equals(CUSTOMERS) ? "" : call.path().substring(CUSTOMERS.length() + 1);
    }

    private static @Nullable String key(@Nullable String authorization) {
        if (authorization == null) {
            return null;
        }
        if (authorization.startsWith("Bearer ")) {
            return authorization.substring("Bearer ".length());
        }
        try {
            String[] scheme = authorization.split(" ", 2);
            String pair = new String(Base64.getDecoder().decode(scheme[scheme.length - 1]), StandardCharsets.UTF_8);
            return pair.split(":", 2)[0];
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    @Override
    protected void finished(Call call, Answer answer) {
        keys.end(call);
    }

    @Override
    protected Answer refusal(Call call, int status) {
        return StripeErrors.ofStatus(status).with("Request-Id", "req_ordered");
    }

    @Override
    protected Answer throttled(Call call, Limits.Refused refused) {
        return StripeErrors.throttled(refused.reason()).with("Request-Id", "req_throttled");
    }

    @Override
    protected Limits vendorLimits() {
        return new StripeLimits(new Limit(StripeLimits.TEST_MODE, null));
    }

    @Override
    protected Limits orderedLimits(Limit limit) {
        return new StripeLimits(limit);
    }

    @Override
    protected void empty() {
        customers.clear();
        keys.forget();
    }

    @Override
    public List<ObjectNode> records() {
        return customers.all();
    }

    @Override
    public Map<String, String> properties() {
        return Map.of("usher.destinations.stripe.url", "http://127.0.0.1:" + port());
    }

    @Override
    public Optional<Answer> control(String method, String operation, JsonNode body) {
        if (method.equals("POST") && operation.equals("forget-keys")) {
            forgetKeys();
            return Optional.of(Answer.empty(204));
        }
        if (method.equals("PUT") && operation.equals("settings")) {
            new Settings(body).duration("searchLag", this::searchLag).done();
            return Optional.of(Answer.empty(204));
        }
        return Optional.empty();
    }
}
