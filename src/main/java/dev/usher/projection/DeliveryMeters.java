package dev.usher.projection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Counts what is written to the delivery log: {@code usher.deliveries} by destination and outcome; {@code usher.delivery}, how
 * long a try took that called the destination; {@code usher.arrival}, from when it happened until the destination held it,
 * without what reconciliation made up for, whose event is as old as the gap.
 */
@Component
final class DeliveryMeters {

    private static final Set<Outcome> CALLED =
            EnumSet.of(Outcome.CREATED, Outcome.UPDATED, Outcome.ERASED, Outcome.RETRYING, Outcome.PARKED);
    private static final Set<Outcome> ARRIVED = EnumSet.of(Outcome.CREATED, Outcome.UPDATED);
    private static final Duration[] TRY_BUCKETS = millis(50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000);
    private static final Duration[] ARRIVAL_BUCKETS = millis(
            1_000,
            2_500,
            5_000,
            10_000,
            30_000,
            60_000,
            300_000,
            900_000,
            1_800_000,
            3_600_000,
            14_400_000,
            86_400_000);

    private final MeterRegistry meters;
    private final Map<String, Counter> outcomes = new ConcurrentHashMap<>();
    private final Map<String, Timer> tries = new ConcurrentHashMap<>();
    private final Map<String, Timer> arrivals = new ConcurrentHashMap<>();

    DeliveryMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    void count(List<Change> changes) {
        for (var change : changes) {
            if (change instanceof DeliveryRow row) {
                count(row);
            }
        }
    }

    private void count(DeliveryRow row) {
        outcomes.computeIfAbsent(
                        row.destination() + ' ' + row.outcome(),
                        key -> Counter.builder("usher.deliveries")
                                .description("Tries to bring a destination's record up to date, by their outcome")
                                .tag("destination", row.destination())
                                .tag("outcome", row.outcome().word())
                                .register(meters))
                .increment();
        if (CALLED.contains(row.outcome())) {
            tries.computeIfAbsent(row.destination(), name -> timer("usher.delivery", name, TRY_BUCKETS))
                    .record(row.millis(), TimeUnit.MILLISECONDS);
        }
        if (ARRIVED.contains(row.outcome()) && !isMadeUpFor(row)) {
            long micros = TimeUnit.MILLISECONDS.toMicros(row.at()) - row.version();
            arrivals.computeIfAbsent(row.destination(), name -> timer("usher.arrival", name, ARRIVAL_BUCKETS))
                    .record(Math.max(0, micros), TimeUnit.MICROSECONDS);
        }
    }

    /** The ids of events of a reconciliation begin with the number of its run. */
    private static boolean isMadeUpFor(DeliveryRow row) {
        int slash = row.eventId().indexOf('/');
        return slash > 0 && row.eventId().chars().limit(slash).allMatch(Character::isDigit);
    }

    private Timer timer(String name, String destination, Duration... buckets) {
        return Timer.builder(name)
                .description(
                        name.equals("usher.arrival")
                                ? "From when something happened until the destination held it"
                                : "How long a try took that called the destination")
                .tag("destination", destination)
                .serviceLevelObjectives(buckets)
                .register(meters);
    }

    private static Duration[] millis(long... values) {
        return Arrays.stream(values).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}
