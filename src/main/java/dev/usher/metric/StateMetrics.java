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

    /** What the database holds. @param run the last reconciliation over everything, by the word of the metric's name */
    private record State(Map<String, Long> deadLetters, double alarms, Map<String, Double> run) {}

    private final Destinations destinations;
    private final CamelContext camel;
    private final Fresh<State> state;

    StateMetrics(JdbcTemplate jdbc, Destinations destinations, @Lazy CamelContext camel, Clock clock) {
        this.destinations = destinations;
        this.camel = camel;
        this.state = new Fresh<>(() -> new State(deadLetters(jdbc), alarms(jdbc), run(jdbc)), clock);
    }

    private static Map<String, Long> deadLetters(JdbcTemplate jdbc) {
        var open = new HashMap<String, Long>();
        jdbc.query("select destination, count(*) from dead_letter where state = 'open' group by destination", row -> {
            open.put(row.getString(1), row.getLong(2));
        });
        return open;
    }

    private static double alarms(JdbcTemplate jdbc) {
        var raised = jdbc.queryForObject("select count(*) from alarm where raised = true", Long.class);
        return raised == null ? 0 : raised;
    }

    private static Map<String, Double> run(JdbcTemplate jdbc) {
        List<Map<String, Double>> runs = jdbc.query(
                LAST_RUN,
                (row, number) -> Map.of(
                        "ended", row.getLong(1) / 1_000.0,
                        "repaired", (double) row.getLong(2),
                        "orphans", (double) row.getLong(3),
                        "unreadable", (double) row.getLong(4)));
        return runs.isEmpty() ? Map.of() : runs.get(0);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Stream.concat(destinations.all().stream().map(Destination::name), Stream.of(Destinations.ROUTER))
                .forEach(name -> gauge(
                                "dead.letters.open",
                                known -> known.deadLetters().getOrDefault(name, 0L))
                        .description("Deliveries given up that nobody has replayed or dismissed")
                        .tag("destination", name)
                        .register(registry));
        gauge("alarms.raised", State::alarms)
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
        gauge("reconciliation." + name, known -> known.run().getOrDefault(value, Double.NaN))
                .description(description)
                .baseUnit(unit)
                .register(registry);
    }

    /** Not a number while the database does not tell. */
    private Gauge.Builder<Fresh<State>> gauge(String name, ToDoubleFunction<State> figure) {
        return Gauge.builder("usher." + name, state, fresh -> {
            var known = fresh.get();
            return known == null ? Double.NaN : figure.applyAsDouble(known);
        });
    }

    private static String version() {
        var version = StateMetrics.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
