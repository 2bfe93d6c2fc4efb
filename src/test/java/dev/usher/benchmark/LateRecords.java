package dev.usher.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The trap of the naive poller: 200 sign-ups over a minute, the audit record of every tenth 20 s late and so out of
 * order, and Stripe down for 40 s of it. Nobody is missing, nobody is a twin, and the SQL database, which was never
 * down, was never late.
 */
final class LateRecords {

    private static final int PEOPLE = 200;
    private static final Duration BETWEEN = Duration.ofMillis(300);
    private static final Duration LATE = Duration.ofSeconds(20);
    private static final int DOWN_FROM = 33;
    private static final int DOWN_TO = 166;
    /** A poll comes every 5 s. */
    private static final Duration NOT_DELAYED = Duration.ofSeconds(8);

    private LateRecords() {}

    public static void main(String[] arguments) {
        Trial.run("late-records", (control, trial) -> {
            var crowd = new Crowd(control, "late");
            Map<String, Instant> visible = new HashMap<>();
            for (int i = 0; i < PEOPLE; i++) {
                if (i == DOWN_FROM) {
                    control.put("/systems/stripe/faults", "{\"status\":503}");
                }
                if (i == DOWN_TO) {
                    control.delete("/systems/stripe/faults");
                }
                var delay = i % 10 == 9 ? LATE : Duration.ZERO;
                var at = Instant.now().plus(delay);
                visible.put(crowd.signUp(1, delay).get(0), at);
                Waits.sleep(BETWEEN);
            }
            trial.everybodyArrives(control, crowd.emails(), Duration.ofMinutes(3));
            var slowest = slowest(control.calls("sql"), visible);
            trial.measured(String.format(
                    Locale.ROOT,
                    "%d people, %d of them late; Stripe down for %.0f s was called %d times; slowest SQL row %.1f s after its record",
                    PEOPLE,
                    PEOPLE / 10,
                    (DOWN_TO - DOWN_FROM) * BETWEEN.toMillis() / 1_000.0,
                    Trial.answered(control, "stripe", 503),
                    slowest.toMillis() / 1_000.0));
            trial.aim(slowest.compareTo(NOT_DELAYED) < 0, "the other destinations not delayed");
        });
    }

    private static Duration slowest(JsonNode rows, Map<String, Instant> visible) {
        Map<String, Instant> first = new HashMap<>();
        for (var row : rows) {
            var path = row.path("path").asText();
            first.putIfAbsent(
                    path.substring(path.lastIndexOf('/') + 1),
                    Instant.parse(row.path("at").asText()));
        }
        List<Duration> delays = new ArrayList<>();
        first.forEach((id, at) -> delays.add(Duration.between(visible.get(id), at)));
        return delays.stream().max(Duration::compareTo).orElse(Duration.ZERO);
    }
}
