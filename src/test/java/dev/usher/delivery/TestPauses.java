package dev.usher.delivery;

import dev.usher.Logged;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is noted of destinations that do not answer, on a database of a test's. */
public final class TestPauses {

    private TestPauses() {}

    public static PauseNotes notes(DataSource dataSource, Clock clock) {
        return new PauseNotes(new JdbcTemplate(dataSource), clock);
    }

    /** What the log is told of pauses, until it is closed. */
    public static Logged logged() {
        return new Logged(Pauses.class);
    }

    /** A destination asked for peace, or did not answer. */
    public static void pause(DataSource dataSource, Clock clock, String destination, long millis, String reason) {
        notes(dataSource, clock).paused(destination, millis, reason);
    }
}
