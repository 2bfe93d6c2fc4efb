package dev.usher.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** When each person of a burst had arrived in all four systems, read from what the systems hold and were asked. */
final class Arrivals {

    private static final Pattern OBJECT_ID = Pattern.compile("entra_object_id%5D=([0-9a-f-]{36})");
    private static final Pattern USER = Pattern.compile("/users/([0-9a-f-]{36})");
    private static final Pattern ROW = Pattern.compile("/customers/([0-9a-f-]{36})");

    /** Reading all records of four systems takes processor time from whoever is measured. */
    private static final Duration BETWEEN_READINGS = Duration.ofSeconds(2);

    private final Burst burst;
    private final Map<String, Instant> last = new HashMap<>();

    private Arrivals(Burst burst) {
        this.burst = burst;
    }

    /** Waits until everybody is everywhere. @throws IllegalStateException naming how many are missing where */
    static void await(Control control, Burst burst, int before, Duration patience) {
        int wanted = before + burst.size();
        boolean called = Waits.until(
                patience,
                () -> control.count("stripe", "POST", "/v1/customers$") >= burst.size()
                        && control.count("mailchimp", "POST", "/members$") >= burst.size());
        if (!called
                || !Waits.until(
                        patience,
                        BETWEEN_READINGS,
                        () -> missing(control, burst, wanted).isEmpty())) {
            throw new IllegalStateException("not everybody arrived: " + missing(control, burst, wanted));
        }
    }

    private static List<String> missing(Control control, Burst burst, int wanted) {
        var missing = new ArrayList<String>();
        for (var system : List.of("sql", "mailchimp", "stripe")) {
            int held = control.records(system).size();
            if (held != wanted) {
                missing.add(system + " holds " + held + " of " + wanted);
            }
        }
        if (missing.isEmpty()) {
            int told = 0;
            for (var user : control.records("entra")) {
                told += burst.emails().containsKey(user.path("id").asText()) && Everybody.stripeId(user) != null
                        ? 1
                        : 0;
            }
            if (told != burst.size()) {
                missing.add("entra knows the Stripe id of " + told + " of " + burst.size());
            }
        }
        return missing;
    }

    /** Reads the call logs, which hold the calls of this burst only. */
    static Arrivals read(Burst burst, Map<String, JsonNode> calls) {
        var arrivals = new Arrivals(burst);
        var ids = new HashMap<String, String>();
        burst.emails().forEach((id, email) -> ids.put(email, id));
        var address = Pattern.compile("\"email_address\"\\s*:\\s*\"([^\"]+)\"");
        arrivals.note(calls.get("stripe"), "POST", call -> found(OBJECT_ID, call.path("body")));
        arrivals.note(
                calls.get("mailchimp"),
                "POST",
                call -> List.of(ids.getOrDefault(String.join("", found(address, call.path("body"))), "")));
        arrivals.note(calls.get("sql"), "", call -> found(ROW, call.path("path")));
        arrivals.note(calls.get("entra"), "PATCH", call -> found(USER, call.path("path")));
        arrivals.note(
                calls.get("entra"),
                "POST",
                call -> call.path("body").asText().contains("\"PATCH\"") ? found(USER, call.path("body")) : List.of());
        return arrivals;
    }

    private void note(JsonNode calls, String method, Function<JsonNode, Collection<String>> subjects) {
        for (var call : calls) {
            if (method.isEmpty() || call.path("method").asText().equals(method)) {
                var at = Instant.parse(call.path("at").asText());
                subjects.apply(call).stream()
                        .filter(burst.emails()::containsKey)
                        .forEach(id -> last.merge(id, at, (one, other) -> one.isAfter(other) ? one : other));
            }
        }
    }

    private static List<String> found(Pattern pattern, JsonNode text) {
        return pattern.matcher(text.asText())
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** From the visible audit record to the last call of any of the four systems about a person, of this share of them. */
    Duration latency(double share) {
        var sorted = last.values().stream().sorted().toList();
        return Duration.between(burst.visible(), sorted.get((int) Math.ceil(share * sorted.size()) - 1));
    }

    double perSecond() {
        return burst.size() * 1_000.0 / latency(1).toMillis();
    }
}
