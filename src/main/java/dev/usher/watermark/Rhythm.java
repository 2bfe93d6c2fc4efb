package dev.usher.watermark;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * How long a source is usually silent: the second-longest time between two of its records, as far as they are remembered (a
 * week or more). The longest is left out, so that one outage does not become usual.
 */
@Component
final class Rhythm {

    /** Fewer records say nothing about a rhythm. */
    private static final int ENOUGH = 20;

    private static final Duration FRESH = Duration.ofHours(1);
    private static final String SECOND_LONGEST = """
            select gap from (
              select happened_at - lag(happened_at) over (order by happened_at) as gap from seen_record where source = ?
            ) gaps where gap is not null order by gap desc offset 1 rows fetch next 1 rows only
            """;

    private record Known(Duration silence, Instant at) {}

    private final JdbcTemplate jdbc;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    Rhythm(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The usual longest silence; null while too few records are known. At most an hour old. */
    @Nullable
    Duration usualSilence(String source) {
        var now = clock.instant();
        var before = known.get(source);
        if (before != null && now.isBefore(before.at().plus(FRESH))) {
            return before.silence();
        }
        var read = read(source);
        if (read != null) {
            known.put(source, new Known(read, now));
        }
        return read;
    }

    private @Nullable Duration read(String source) {
        var some = jdbc.queryForList(
                "select 1 from seen_record where source = ? fetch first " + ENOUGH + " rows only",
                Integer.class,
                source);
        if (some.size() < ENOUGH) {
            return null;
        }
        return jdbc.queryForList(SECOND_LONGEST, Long.class, source).stream()
                .findFirst()
                .map(Duration::ofMillis)
                .orElse(null);
    }
}
