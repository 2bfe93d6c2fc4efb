package dev.usher.watermark;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * How late the records of a source really come: from the time they bear until a poll first saw them, as far as an earlier
 * poll had covered that time. Counted by day in buckets, over the last 30 days; also the timer {@code usher.lateness}.
 */
@Component
public final class Lateness {

    private static final int DAYS = 30;
    /** Upper ends of the buckets in seconds; what is later falls into the last. */
    private static final List<Long> BUCKETS =
            List.of(10L, 30L, 60L, 120L, 300L, 600L, 900L, 1_800L, 3_600L, 7_200L, 14_400L, 28_800L, 86_400L, 604_800L);

    private final JdbcTemplate jdbc;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Map<String, Map<Long, Long>> cache = new ConcurrentHashMap<>();

    Lateness(JdbcTemplate jdbc, MeterRegistry meters, Clock clock) {
        this.jdbc = jdbc;
        this.meters = meters;
        this.clock = clock;
    }

    /** Counts records, each of which was first seen so long after its time; one statement for each bucket they fall into. */
    public void note(String source, Collection<Duration> late) {
        if (late.isEmpty()) {
            return;
        }
        var timer = Timer.builder("usher.lateness").tag("source", source).register(meters);
        late.forEach(timer::record);
        late.stream()
                .collect(Collectors.groupingBy(Lateness::bucket, Collectors.counting()))
                .forEach((bucket, records) -> count(source, bucket, records));
        cache.remove(source);
    }

    private void count(String source, long bucket, long records) {
        long day = today();
        int updated = jdbc.update(
                "update lateness set records = records + ? where source = ? and on_day = ? and bucket = ?",
                records,
                source,
                day,
                bucket);
        if (updated == 0) {
            jdbc.update(
                    "insert into lateness (source, on_day, bucket, records) values (?, ?, ?, ?)",
                    source,
                    day,
                    bucket,
                    records);
            jdbc.update("delete from lateness where on_day < ?", day - DAYS);
        }
    }

    private static long bucket(Duration late) {
        return BUCKETS.stream()
                .filter(end -> late.toSeconds() < end)
                .findFirst()
                .orElse(BUCKETS.get(BUCKETS.size() - 1));
    }

    private long today() {
        return Duration.ofMillis(clock.millis()).toDays();
    }

    /** Records by the upper end of their bucket, in seconds, ascending; empty when none came late. */
    public Map<Long, Long> histogram(String source) {
        return cache.computeIfAbsent(source, this::read);
    }

    private Map<Long, Long> read(String source) {
        Map<Long, Long> found = new LinkedHashMap<>();
        jdbc.query(
                "select bucket, sum(records) from lateness where source = ? and on_day >= ? group by bucket order by bucket",
                row -> {
                    found.put(row.getLong(1), row.getLong(2));
                },
                source,
                today() - DAYS);
        return found;
    }

    /** The shortest time within which so large a share (0 to 1) of the late records came; zero when none came late. */
    public Duration within(String source, double share) {
        var counts = histogram(source);
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        long sum = 0;
        for (var bucket : counts.entrySet()) {
            sum += bucket.getValue();
            if (sum >= all * share) {
                return Duration.ofSeconds(bucket.getKey());
            }
        }
        return Duration.ZERO;
    }
}
