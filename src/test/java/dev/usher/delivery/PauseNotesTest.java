package dev.usher.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.TestClock;
import dev.usher.watermark.EveryDatabase;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is remembered of destinations that do not answer, on every database. */
class PauseNotesTest {

    private final TestClock clock = new TestClock();

    private static JdbcTemplate jdbc(DataSource database) {
        return new JdbcTemplate(database);
    }

    private PauseNotes notes(DataSource database) {
        return new PauseNotes(jdbc(database), clock);
    }

    @EveryDatabase
    void aPauseThatGoesOnKeepsItsBeginningAlsoOverARestart(DataSource database) {
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

    @EveryDatabase
    void anAnswerEndsIt(DataSource database) {
        var notes = notes(database);
        notes.paused("stripe", 1_000, "HTTP 503");

        notes.answered("stripe");

        assertThat(notes.all()).isEmpty();
        assertThat(notes.isNews("stripe")).isFalse();
        notes.paused("stripe", 1_000, "HTTP 503");
        assertThat(notes.isNews("stripe")).isTrue();
    }

    @EveryDatabase
    void aNoteThatNobodyRenewedIsForgottenAndTheNextPauseBeginsAnew(DataSource database) {
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
