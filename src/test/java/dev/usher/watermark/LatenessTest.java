package dev.usher.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;

/** What is counted of late records, on every database. */
class LatenessTest {

    private static final String SOURCE = "/entra/audit-log";

    private final TestClock clock = new TestClock();
    private DataSource database;

    @BeforeEach
    void begin(DataSource emptied) {
        database = emptied;
    }

    private Lateness node() {
        return TestWatermarks.lateness(database, clock);
    }

    @EveryDatabase
    void whatNeverCameLateTakesNoTime() {
        assertThat(node().histogram(SOURCE)).isEmpty();
        assertThat(node().within(SOURCE, 0.999)).isZero();
    }

    @EveryDatabase
    void recordsAreCountedByBucketOverAllNodes() {
        node().note(SOURCE, List.of(Duration.ofSeconds(9), Duration.ofSeconds(10)));
        node().note(SOURCE, List.of(Duration.ofSeconds(29)));
        node().note(SOURCE, List.of(Duration.ofDays(30)));
        node().note("/other", List.of(Duration.ofSeconds(1)));

        assertThat(node().histogram(SOURCE)).isEqualTo(Map.of(10L, 1L, 30L, 2L, 604_800L, 1L));
        assertThat(node().within(SOURCE, 0.75)).isEqualTo(Duration.ofSeconds(30));
        assertThat(node().within(SOURCE, 1)).isEqualTo(Duration.ofDays(7));
    }

    @EveryDatabase
    void nothingLateIsNoDay() {
        node().note(SOURCE, List.of());

        assertThat(node().histogram(SOURCE)).isEmpty();
    }

    @EveryDatabase
    void whatIsOlderThanThirtyDaysIsForgotten() {
        node().note(SOURCE, List.of(Duration.ofHours(5)));
        clock.advance(Duration.ofDays(31));

        assertThat(node().histogram(SOURCE)).isEmpty();
        node().note(SOURCE, List.of(Duration.ofSeconds(1)));

        assertThat(node().histogram(SOURCE)).isEqualTo(Map.of(10L, 1L));
    }
}
