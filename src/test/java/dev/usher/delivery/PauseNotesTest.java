package dev.usher.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.TestClock;
import dev.usher.watermark.TestDatabase;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is remembered of destinations that do not answer, on every database. */
class PauseNotesTest {

    private static final TestDatabase H2 = TestDatabase.h2();
    private static final TestDatabase POSTGRES = TestDatabase.postgres();

    private final TestClock clock = new TestClock();

    static Stream<TestDatabase> databases() {
        return Stream.of(H2, POSTGRES);
    }

    @BeforeEach
    void nothingIsNoted() {
        databases().forEach(database -> jdbc(database).update("delete from destination_pause"));
    }

    @AfterAll
    static void close() throws Exception {
        H2.close();
        POSTGRES.close();
    }

    private static JdbcTemplate jdbc(TestDatabase database) {
        return new JdbcTemplate(database.dataSource());
    }

    private PauseNotes notes(TestDatabase database) {
        return new PauseNotes(jdbc(database), clock);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aPauseThatGoesOnKeepsItsBeginningAlsoOverARestart(TestDatabase database) {
        var begun = clock.instant();
        notes(database).paused("stripe", 1_000, "HTTP 503");
        clock.advance(Duration.ofMinutes(10));

        notes(database).paused("stripe", 15_000, "no answer");

        assertThat(notes(database).all()).singleElement().satisfies(pausing -> {
            assertThat(pausing.since()).isEqualTo(begun);
            assertThat(pausing.until()).isEqualTo(clock.instant().plusSeconds(15));
            assertThat(pausing.reason()).isEqualTo("no answer");
        });
    }

    @ParameterizedTest
    @MethodSource("databases")
    void anAnswerEndsIt(TestDatabase database) {
        var notes = notes(database);
        notes.paused("stripe", 1_000, "HTTP 503");

        notes.answered("stripe");

        assertThat(notes.all()).isEmpty();
        assertThat(notes.isNews("stripe")).isFalse();
        notes.paused("stripe", 1_000, "HTTP 503");
        assertThat(notes.isNews("stripe")).isTrue();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aNoteThatNobodyRenewedIsForgottenAndTheNextPauseBeginsAnew(TestDatabase database) {
        notes(database).paused("stripe", 1_000, "HTTP 503");
        clock.advance(Duration.ofMinutes(21));

        assertThat(notes(database).all()).isEmpty();
        notes(database).paused("stripe", 1_000, "HTTP 503");
        assertThat(notes(database).all())
                .singleElement()
                .extracting(PauseNotes.Pausing::since)
                .isEqualTo(clock.instant());
    }
}
