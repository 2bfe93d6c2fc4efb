package dev.usher.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** How long a source is usually silent, on every database. */
class RhythmTest {

    private static final String SOURCE = "/entra/audit-log";
    private static final TestDatabase H2 = TestDatabase.h2();
    private static final TestDatabase POSTGRES = TestDatabase.postgres();

    private final TestClock clock = new TestClock();

    static Stream<TestDatabase> databases() {
        return Stream.of(H2, POSTGRES);
    }

    @BeforeEach
    void nothingWasSeen() {
        databases().forEach(database -> new JdbcTemplate(database.dataSource()).update("delete from seen_record"));
    }

    @AfterAll
    static void close() throws Exception {
        H2.close();
        POSTGRES.close();
    }

    private Instant records(TestDatabase database, Instant from, Duration apart, int count) {
        var at = from;
        for (int i = 0; i < count; i++) {
            at = at.plus(apart);
            new JdbcTemplate(database.dataSource())
                    .update(
                            "insert into seen_record (source, record_id, happened_at) values (?, ?, ?)",
                            SOURCE,
                            at.toString(),
                            at.toEpochMilli());
        }
        return at;
    }

    private Duration usual(TestDatabase database) {
        return new Rhythm(new JdbcTemplate(database.dataSource()), clock).usualSilence(SOURCE);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void fewRecordsSayNothing(TestDatabase database) {
        records(database, clock.instant(), Duration.ofHours(1), 19);

        assertThat(usual(database)).isNull();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void nightsAreUsualAndOneOutageIsNot(TestDatabase database) {
        var at = clock.instant();
        for (int day = 0; day < 5; day++) {
            at = records(database, at, Duration.ofMinutes(10), 8);
            at = records(database, at, Duration.ofHours(day == 3 ? 40 : 7), 1);
        }

        assertThat(usual(database)).isEqualTo(Duration.ofHours(7));
    }
}
