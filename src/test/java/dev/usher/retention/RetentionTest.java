package dev.usher.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.TestClock;
import dev.usher.watermark.EveryDatabase;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is forgotten and what stays, on every database. */
class RetentionTest {

    private static final Duration DAYS = Duration.ofDays(90);

    private final TestClock clock = new TestClock();
    private JdbcTemplate jdbc;

    @BeforeEach
    void nothingIsThere(DataSource database) {
        jdbc = new JdbcTemplate(database);
        List.of("dead_letter", "delivery", "hand_edit", "audit_entry")
                .forEach(name -> jdbc.update("delete from " + name));
    }

    private Retention retention(Duration keep) {
        return new Retention(jdbc, new RetentionSettings(keep, keep, keep, keep), clock);
    }

    private long daysAgo(int days) {
        return clock.instant().minus(Duration.ofDays(days)).toEpochMilli();
    }

    private void deliveries(int number, int days) {
        jdbc.batchUpdate(
                "insert into delivery (at, subject, destination, event_id, event_type, version, outcome, attempt, millis)"
                        + " values (?, 'ada', 'stripe', 'e', 'user.updated', 1, 'updated', 1, 1)",
                IntStream.range(0, number)
                        .mapToObj(i -> new Object[] {daysAgo(days)})
                        .toList());
    }

    private void letter(String id, String state, Integer decidedDaysAgo, boolean held) {
        jdbc.update(
                "insert into dead_letter (id, at, subject, destination, event_id, event_type, reason, attempts, state, reported,"
                        + " decided_at, held) values (?, 0, 'ada', 'stripe', 'e', 'user.updated', 'no', 1, ?, true,"
                        + " cast(? as bigint), ?)",
                id,
                state,
                decidedDaysAgo == null ? null : daysAgo(decidedDaysAgo),
                held);
    }

    private void entries(int number, int days) {
        jdbc.batchUpdate(
                "insert into audit_entry (at, done_by, action, target) values (?, 'olga', 'sign in', 'console')",
                IntStream.range(0, number)
                        .mapToObj(i -> new Object[] {daysAgo(days)})
                        .toList());
    }

    private long count(String table) {
        var count = jdbc.queryForObject("select count(*) from " + table, Long.class);
        return count == null ? 0 : count;
    }

    @EveryDatabase
    void whatIsOlderGoesInBatchesAndTheRestStays() {
        deliveries(2_500, 91);
        deliveries(100, 89);
        entries(1_100, 91);
        entries(20, 89);
        Stream.of(91, 92, 89)
                .forEach(days -> jdbc.update(
                        "insert into hand_edit (event_id, destination, subject, finding, at) values (?, 'sql', 'ada', 'x', ?)",
                        "e" + days,
                        daysAgo(days)));

        retention(DAYS).forget();

        assertThat(count("delivery")).isEqualTo(100);
        assertThat(count("hand_edit")).isOne();
        assertThat(count("audit_entry")).isEqualTo(20);
    }

    @EveryDatabase
    void aDeadLetterGoesOnlyWhenItIsClosedAndItsMessageHasLeft() {
        letter("open", "open", null, true);
        letter("lately", "dismissed", 1, false);
        letter("moving", "replayed", 91, true);
        letter("old", "resolved", 91, false);

        retention(DAYS).forget();

        assertThat(jdbc.queryForList("select id from dead_letter order by id", String.class))
                .containsExactly("lately", "moving", "open");
    }

    @EveryDatabase
    void nothingGoesWhereItIsKeptForEver() {
        deliveries(10, 9_000);
        entries(10, 9_000);
        letter("old", "dismissed", 9_000, false);

        retention(Duration.ZERO).forget();

        assertThat(count("delivery")).isEqualTo(10);
        assertThat(count("audit_entry")).isEqualTo(10);
        assertThat(count("dead_letter")).isOne();
    }
}
