package dev.usher.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.destination.Destinations;
import dev.usher.watermark.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the history of the last hour says, on any database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HistoryContract {

    private static final long NOW = Instant.parse("2026-11-21T12:00:30Z").toEpochMilli();
    private static final int LAST = Counts.MINUTES - 1;

    private TestDatabase database;
    private JdbcTemplate jdbc;

    abstract TestDatabase database();

    @BeforeAll
    void open() {
        database = database();
        jdbc = new JdbcTemplate(database.dataSource());
    }

    @AfterAll
    void close() throws IOException {
        database.close();
    }

    @BeforeEach
    void empty() {
        jdbc.update("delete from delivery");
    }

    private void log(Duration ago, String destination, String outcome) {
        jdbc.update(
                "insert into delivery (at, subject, destination, event_id, event_type, version, outcome, attempt, millis)"
                        + " values (?, 's', ?, 'e', 'user.created', 1, ?, 1, 5)",
                NOW - ago.toMillis(),
                destination,
                outcome);
    }

    @Test
    void whatWasLoggedStandsInItsMinute() {
        log(Duration.ofSeconds(1), "stripe", "created");
        log(Duration.ofMinutes(2), "stripe", "updated");
        log(Duration.ofMinutes(2), "stripe", "retrying");
        log(Duration.ofMinutes(2), "sql", "created");
        log(Duration.ofMinutes(61), "stripe", "created");
        var history = new History(jdbc);

        history.read(NOW);

        var stripe = history.of("stripe", NOW);
        assertThat(stripe.settled()).hasSize(Counts.MINUTES);
        assertThat(stripe.settled().get(LAST)).isEqualTo(1);
        assertThat(stripe.settled().get(LAST - 2)).isEqualTo(1);
        assertThat(stripe.failed().get(LAST - 2)).isEqualTo(1);
        assertThat(stripe.lastHour()).isEqualTo(2);
        assertThat(stripe.triedAgain()).isEqualTo(1);
        assertThat(stripe.perMinute()).isEqualTo(0.4);
    }

    @Test
    void readingAgainCountsNothingTwiceAndWhatCameMeanwhile() {
        log(Duration.ofSeconds(5), "stripe", "created");
        log(Duration.ofSeconds(40), "stripe", "created");
        var history = new History(jdbc);
        history.read(NOW);

        log(Duration.ofSeconds(4), "stripe", "created");
        log(Duration.ofSeconds(-8), "stripe", "parked");
        history.read(NOW + 9_000);
        history.read(NOW + 20_000);

        assertThat(history.of("stripe", NOW + 20_000).lastHour()).isEqualTo(3);
        assertThat(history.of("stripe", NOW + 20_000).triedAgain()).isEqualTo(1);
    }

    @Test
    void anHourLaterItIsForgotten() {
        log(Duration.ofSeconds(5), "stripe", "created");
        var history = new History(jdbc);
        history.read(NOW);
        var later = NOW + Duration.ofMinutes(61).toMillis();

        history.read(later);

        assertThat(history.of("stripe", later).lastHour()).isZero();
    }

    @Test
    void theRouterCountsAnEventOnceHoweverManyGetIt() {
        log(Duration.ofSeconds(20), "stripe", "created");
        log(Duration.ofSeconds(20), "sql", "created");
        log(Duration.ofSeconds(20), "mailchimp", "skipped");
        log(Duration.ofSeconds(20), Destinations.DIRECTORY, "updated");
        log(Duration.ofSeconds(20), Destinations.DIRECTORY, "updated");
        log(Duration.ofSeconds(20), Destinations.ROUTER, "stale");
        var history = new History(jdbc);

        history.read(NOW);

        assertThat(history.ofRouter(List.of(Destinations.DIRECTORY, "stripe", "sql", "mailchimp"), NOW)
                        .lastHour())
                .isEqualTo(2);
    }
}
