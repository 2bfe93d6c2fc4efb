package dev.usher.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.TestClock;
import dev.usher.destination.TestDestinations;
import dev.usher.watermark.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

class BacklogTest {

    private final TestClock clock = new TestClock();
    private Pauses pauses;
    private Backlog backlog;
    private long queuedAt;

    @BeforeEach
    void twoDestinations(@TempDir Path routes) throws IOException {
        for (var name : List.of("stripe", "sql")) {
            var folder = Files.createDirectories(routes.resolve("destinations").resolve(name));
            Files.createFile(folder.resolve("deliver-" + name + ".camel.yaml"));
        }
        var destinations = TestDestinations.of(
                routes.toString(),
                Map.of(
                        "usher.destinations.stripe.calls", "2",
                        "usher.destinations.stripe.per", "60",
                        "usher.destinations.sql.enabled", "false"));
        pauses = new Pauses(
                new DefaultCamelContext(),
                destinations,
                new PauseNotes(new JdbcTemplate(TestDatabase.h2().dataSource()), clock),
                clock);
        backlog = new Backlog(destinations, pauses, clock);
    }

    @Test
    void anEmptyQueueCostsNoWait() {
        queue(1);
        take(1, Duration.ofMillis(40));

        assertThat(backlog.of("stripe")).isZero();
    }

    @Test
    void nothingIsQuickerThanThePaceAlthoughTheFirstAreTakenAtOnce() {
        queue(112);

        take(12, Duration.ofMillis(1));

        assertThat(backlog.of("stripe")).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void theWaitIsWhatStandsInTheQueueTimesHowQuicklyItIsTaken() {
        queue(300);

        take(100, Duration.ofMillis(40));

        assertThat(backlog.of("stripe")).isBetween(Duration.ofMillis(7_900), Duration.ofMillis(8_000));
    }

    @Test
    void aShortHaltSaysLittleOfHowLongTheOthersTake() {
        queue(1_100);
        take(100, Duration.ofMillis(40));

        take(1, Duration.ofMillis(400));

        assertThat(backlog.of("stripe")).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(48));
    }

    @Test
    void whatBecomesSlowIsKnownToBeSlowSoon() {
        queue(200);
        take(50, Duration.ofMillis(40));

        take(50, Duration.ofMillis(200));

        assertThat(backlog.of("stripe")).isBetween(Duration.ofSeconds(16), Duration.ofSeconds(20));
    }

    @Test
    void nobodyWaitsForAPausedDestination() {
        queue(300);
        take(100, Duration.ofMillis(40));

        pauses.throttled("deliver-stripe", "too many", Duration.ofSeconds(20));

        assertThat(backlog.of("stripe")).isZero();
    }

    @Test
    void nobodyWaitsForOneThatIsSwitchedOff() {
        for (int i = 0; i < 300; i++) {
            backlog.queued("sql");
        }

        clock.advance(Duration.ofMillis(40));
        backlog.taken("sql", clock.millis() - 40);

        assertThat(backlog.of("sql")).isZero();
    }

    @Test
    void whatWasCountedInVainIsForgottenAfterARest() {
        queue(300);
        take(100, Duration.ofMillis(40));

        clock.advance(Duration.ofSeconds(11));

        assertThat(backlog.of("stripe")).isZero();
        queue(1);
        assertThat(backlog.of("stripe")).isLessThan(Duration.ofMillis(50));
    }

    /** A rolled back transaction's messages, and gaps between sign-ups that are no work: no reason for the next to wait. */
    @Test
    void whatWasCountedInVainIsForgottenWhenALaterOneIsTaken() {
        queue(3);

        for (int i = 0; i < 5; i++) {
            clock.advance(Duration.ofSeconds(5));
            queue(1);
            take(1, Duration.ofMillis(20));
        }

        queue(1);
        assertThat(backlog.of("stripe")).isLessThan(Duration.ofMillis(50));
    }

    @Test
    void whatIsOvertakenIsCountedOnce() {
        queue(10);
        var early = queuedAt;
        clock.advance(Duration.ofSeconds(3));
        queue(100);

        take(50, Duration.ofMillis(40));
        for (int i = 0; i < 10; i++) {
            backlog.taken("stripe", early);
        }

        assertThat(backlog.of("stripe")).isBetween(Duration.ofMillis(1_400), Duration.ofMillis(2_000));
    }

    private void queue(int messages) {
        queuedAt = clock.millis();
        for (int i = 0; i < messages; i++) {
            backlog.queued("stripe");
        }
    }

    private void take(int messages, Duration each) {
        for (int i = 0; i < messages; i++) {
            clock.advance(each);
            backlog.taken("stripe", queuedAt);
        }
    }
}
