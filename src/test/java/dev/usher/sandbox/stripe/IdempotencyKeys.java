package dev.usher.sandbox.stripe;

import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Call;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Stripe's memory of idempotency keys (docs.stripe.com/api/idempotent_requests): the answer of a request that was carried out is kept and
 * given again. A key stays in use until its answer has been given, so an ordered latency keeps it in use.
 */
final class IdempotencyKeys {
    private final Map<String, Use> uses = new ConcurrentHashMap<>();
    private final Map<Call, String> running = new ConcurrentHashMap<>();

    private record Use(
            String path,
            Map<String, String> parameters,
            String requestId,
            @Nullable Answer answer,
            boolean running) {}

    /** Null when the key is free and now in use by this call; else the answer to give instead of working. */
    @Nullable
    Answer begin(String key, Call call, Map<String, String> parameters, String requestId) {
        Use mine = new Use(call.path(), parameters, requestId, null, true);
        Use earlier = uses.putIfAbsent(key, mine);
        if (earlier == null) {
            running.put(call, key);
            return null;
        }
        if (earlier.running()) {
            return StripeErrors.inFlight(key);
        }
        if (!earlier.path().equals(call.path()) || !earlier.parameters().equals(parameters)) {
            return StripeErrors.idempotency(key);
        }
        return Objects.requireNonNull(earlier.answer())
                .with("Idempotent-Replayed", "true")
                .with("Original-Request", earlier.requestId());
    }

    /** Keeps the answer of a request that was carried out. */
    void store(String key, Answer answer) {
        uses.computeIfPresent(
                key, (same, use) -> new Use(use.path(), use.parameters(), use.requestId(), answer, use.running()));
    }

    /** The call's answer has been given: its key may be used again, and is free where nothing was stored. */
    void end(Call call) {
        String key = running.remove(call);
        if (key != null) {
            uses.computeIfPresent(
                    key,
                    (same, use) -> use.answer() == null
                            ? null
                            : new Use(use.path(), use.parameters(), use.requestId(), use.answer(), false));
        }
    }

    void forget() {
        uses.clear();
    }
}
