package dev.usher.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The table {@code destination_pause}: which destinations do not answer, and since when, as any node last saw it. It
 * survives a restart, so that a long pause is not forgotten. Pauses themselves are made by each node for itself.
 */
@Component
public final class PauseNotes {

    /** The name under which Dataverse's contacts, which the router reads, are noted. */
    public static final String CONTACTS = "contacts";

    private static final Logger LOG = LoggerFactory.getLogger(PauseNotes.class);

    /** Longer than anything waits for its next try: by then a paused destination has been tried again. */
    private static final Duration STALE = Duration.ofMinutes(20);

    /**
     * A destination that does not answer.
     *
     * @param since when it was first paused; it has not answered since
     * @param until the next try is not before
     * @param reason in our words, without personal data
     */
    public record Pausing(String destination, Instant since, Instant until, String reason) {}

    private final JdbcTemplate jdbc;
    private final Clock clock;
    private final Set<String> answering = ConcurrentHashMap.newKeySet();

    PauseNotes(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Those that do not answer now, by name. */
    public List<Pausing> all() {
        return jdbc.query(
                "select destination, since, until, reason from destination_pause where until > ? order by destination",
                (row, number) -> new Pausing(
                        row.getString(1),
                        Instant.ofEpochMilli(row.getLong(2)),
                        Instant.ofEpochMilli(row.getLong(3)),
                        row.getString(4)),
                clock.instant().minus(STALE).toEpochMilli());
    }

    /**
     * Notes a pause; the beginning of one that goes on is kept.
     *
     * @param millis how long it is
     * @param reason in our words, without personal data
     */
    public void paused(String destination, long millis, String reason) {
        answering.remove(destination);
        long now = clock.millis();
        var words = reason.length() <= 255 ? reason : reason.substring(0, 255);
        write(() -> {
            int updated = jdbc.update(
                    "update destination_pause set since = case when until > ? then since else ? end, until = ?, reason = ?"
                            + " where destination = ?",
                    now - STALE.toMillis(),
                    now,
                    now + millis,
                    words,
                    destination);
            if (updated == 0) {
                jdbc.update(
                        "insert into destination_pause (destination, since, until, reason) values (?, ?, ?, ?)",
                        destination,
                        now,
                        now + millis,
                        words);
            }
        });
    }

    /** Whether this process has not noted yet that the destination answers. */
    boolean isNews(String destination) {
        return !answering.contains(destination);
    }

    /** Notes that the destination answers. */
    public void answered(String destination) {
        if (answering.add(destination)) {
            write(() -> jdbc.update("delete from destination_pause where destination = ?", destination));
        }
    }

    /** A note that cannot be written must not stop deliveries. */
    private static void write(Runnable note) {
        try {
            note.run();
        } catch (DataAccessException e) {
            LOG.warn("A pause could not be noted: {}", e.getClass().getSimpleName());
        }
    }
}
