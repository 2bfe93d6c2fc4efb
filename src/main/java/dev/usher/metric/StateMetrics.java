package dev.usher.metric;

import dev.usher.destination.Destination;
import dev.usher.destination.Destinations;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Gauges of what the database holds: open dead letters, raised alarms, the last reconciliation; and what runs here. */
@Component
final class StateMetrics implements MeterBinder {

    private static final String LAST_RUN = "select ended_at, repaired, orphans, unreadable from reconciliation"
            + " where ended_at is not null and destination is null order by id desc fetch first 1 rows only";

    /** @param values by the word of the metric's name */
    private record Run(Map<String, Double> values) {}

    private final Destinations destinations;
    private final CamelContext camel;
    private final Fresh<Map<String, Long>> deadLetters;
    private final Fresh<Long> alarms;
    private final Fresh<Run> run;

    StateMetrics(JdbcTemplate jdbc, Destinations destinations, @Lazy CamelContext camel, Clock clock) {
        this.destinations = destinations;
        this.camel = camel;
        this.deadLetters = new Fresh<>(() -> deadLetters(jdbc), clock);
        this.alarms = new Fresh<>(
                () -> jdbc.queryForObject("select count(*) from alarm where raised = true", Long.class), clock);
        this.run = new Fresh<>(() -> run(jdbc), clock);
    }

    private static Map<String, Long> deadLetters(JdbcTemplate jdbc) {
        var open = new HashMap<String, Long>();
        jdbc.query("select destination, count(*) from dead_letter where state = 'open' group by destination", row -> {
            open.put(row.getString(1), row.getLong(2));
        });
        return open;
    }

    private static Run run(JdbcTemplate jdbc) {
        List<Run> runs = jdbc.query(
                LAST_RUN,
                (row, number) -> new Run(Map.of(
                        "ended", row.getLong(1) / 1_000.0,
                        "repaired", (double) row.getLong(2),
                        "orphans", (double) row.getLong(3),
                        "unreadable", (double) row.getLong(4))));
        return runs.isEmpty() ? new Run(Map.of()) : runs.get(0);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Stream.concat(destinations.all().stream().map(Destination::name), Stream.of(Destinations.ROUTER))
                .forEach(name -> Gauge.builder("usher.dead.letters.open", deadLetters, open -> count(open, name))
                        .description("Deliveries given up that nobody has replayed or dismissed")
                        .tag("destination", name)
                        .register(registry));
        Gauge.builder("usher.alarms.raised", alarms, StateMetrics::number)
                .description("Alarms that are raised now")
                .register(registry);
        reconciliation(
                registry, "ended.timestamp", "seconds", "When the last reconciliation over everything ended", "ended");
        reconciliation(registry, "repaired", "users", "Users it queued for repair", "repaired");
        reconciliation(registry, "orphans", "users", "Users it found who are no longer in the directory", "orphans");
        reconciliation(registry, "unreadable", "users", "Users it could not compare", "unreadable");
        Gauge.builder("usher.build.info", () -> 1)
                .description("What runs here")
                .tag("version", version())
                .tag("camel", String.valueOf(camel.getVersion()))
                .tag("java", String.valueOf(Runtime.version().feature()))
                .register(registry);
    }

    private void reconciliation(MeterRegistry registry, String name, String unit, String description, String value) {
        ToDoubleFunction<Fresh<Run>> figure = fresh -> {
            var last = fresh.get();
            return last == null ? Double.NaN : last.values().getOrDefault(value, Double.NaN);
        };
        Gauge.builder("usher.reconciliation." + name, run, figure)
                .description(description)
                .baseUnit(unit)
                .register(registry);
    }

    private static double count(Fresh<Map<String, Long>> open, String name) {
        var counts = open.get();
        return counts == null ? Double.NaN : counts.getOrDefault(name, 0L);
    }

    private static double number(Fresh<Long> fresh) {
        var number = fresh.get();
        return number == null ? Double.NaN : number;
    }

    private static String version() {
        var version = StateMetrics.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
