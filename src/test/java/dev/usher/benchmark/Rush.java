package dev.usher.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/**
 * 500 sign-ups at once under the vendors' limits: everybody arrives by one create each, hardly a call is answered 429,
 * and it takes hardly longer than Stripe's limit, the tightest, allows.
 */
final class Rush {

    private static final int PEOPLE = 500;
    private static final double STRIPE_PER_SECOND = 25;
    private static final double MOST_OF_THE_LIMIT = 1.15;
    private static final double MOST_REFUSED = 0.01;

    private Rush() {}

    public static void main(String[] arguments) {
        Trial.run("rush", (control, trial) -> {
            var burst = Burst.of(control, PEOPLE, "rush");
            trial.everybodyArrives(control, burst.emails(), Duration.ofMinutes(3));
            long calls = 0;
            long refused = 0;
            var logs = new LinkedHashMap<String, com.fasterxml.jackson.databind.JsonNode>();
            for (var system : List.of("entra", "stripe", "mailchimp", "sql")) {
                logs.put(system, control.calls(system));
                calls += Trial.answered(control, system, 0);
                refused += Trial.answered(control, system, 429);
            }
            double share = refused / (double) calls;
            var creates = new ArrayList<Instant>();
            for (var call : control.calls("stripe")) {
                if (call.path("path").asText().equals("/v1/customers")
                        && call.path("status").asInt() == 200) {
                    creates.add(Instant.parse(call.path("at").asText()));
                }
            }
            creates.sort(Comparator.naturalOrder());
            double drain = Duration.between(creates.get(0), creates.get(creates.size() - 1))
                            .toMillis()
                    / 1_000.0;
            double allowed = PEOPLE / STRIPE_PER_SECOND;
            trial.measured(String.format(
                    Locale.ROOT,
                    "%d creates, %d searches, %d of %d calls answered 429 (%.2f %%), first to last create %.1f s = %.2f of"
                            + " the limit; %.1f s from the sign-ups to the last write anywhere, %d of them to the directory",
                    creates.size(),
                    control.count("stripe", "GET", "/search"),
                    refused,
                    calls,
                    100 * share,
                    drain,
                    drain / allowed,
                    Arrivals.read(burst, logs).latency(1).toMillis() / 1_000.0,
                    control.count("entra", "PATCH", "/users/")));
            trial.aim(creates.size() == PEOPLE, "one create each");
            trial.aim(share < MOST_REFUSED, "under 1 % answered 429");
            trial.aim(drain <= MOST_OF_THE_LIMIT * allowed, "at most 1.15 of what the tightest limit allows");
        });
    }
}
