package dev.usher.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.TestClock;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** How long a source is usually silent, on every database. */
class RhythmTest {

    private static final String SOURCE = "/entra/audit-log";
    private final TestClock clock = new TestClock();

    private Instant records(DataSource database, Instant from, Duration apart, int count) {
        var at = from;
        for (int i = 0; i < count; i++) {
            at = at.plus(apart);
            new JdbcTemplate(database)
                    .update(
                            "insert into seen_record (source, record_id, happened_at) values (?, ?, ?)",
                            SOURCE,
                            at.toString(),
                            at.toEpochMilli());
        }
        return at;
    }

    private Duration usual(DataSource database) {
        return new Rhythm(new JdbcTemplate(database), clock).usualSilence(SOURCE);
    }

    @EveryDatabase
    void fewRecordsSayNothing(DataSource database) {
        records(database, clock.instant(), Duration.ofHours(1), 19);

        assertThat(usual(database)).isNull();
    }

    @EveryDatabase
    void nightsAreUsualAndOneOutageIsNot(DataSource database) {
        var at = clock.instant();
        for (int day = 0; day < 5; day++) {
            at = records(database, at, Duration.ofMinutes(10), 8);
            at = records(database, at, Duration.ofHours(day == 3 ? 40 : 7), 1);
        }

        assertThat(usual(database)).isEqualTo(Duration.ofHours(7));
    }
}
