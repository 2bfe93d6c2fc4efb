package dev.usher.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The bean {@code audit}: what was done by hand is written here, in the transaction of the caller when there is one, so
 * that neither is kept without the other. Entries are never changed.
 */
@Component("audit")
public final class AuditTrail {

    /** The most entries one page holds. */
    public static final int LONGEST_PAGE = 500;

    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_TEXT = 255;

    private final JdbcTemplate jdbc;
    private final Clock clock;

    AuditTrail(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Notes that somebody did something. Longer texts are cut: names and actions after 100 characters, the rest after 255.
     *
     * @param by the name of who did it: {@code Principal#getName()}
     * @param action verb and object in lower case, such as {@code replay dead letter}
     * @param target an id or a name; never a person's name, address or a secret
     * @param detail what else must be known; null for nothing
     */
    public void record(String by, String action, String target, @Nullable String detail) {
        jdbc.update(
                "insert into audit_entry (at, done_by, action, target, detail) values (?, ?, ?, ?, ?)",
                clock.millis(),
                cut(by, LONGEST_NAME),
                cut(action, LONGEST_NAME),
                cut(target, LONGEST_TEXT),
                detail == null ? null : cut(detail, LONGEST_TEXT));
        LOG.info("Audit: {} by {}: {}", printable(action), printable(by), printable(target));
    }

    /**
     * The newest entries, newest first.
     *
     * @param before only entries with a smaller id; null for the newest of all
     * @param limit how many at most, 1 to 500; others are taken as the nearest of these
     */
    public List<AuditEntry> newest(@Nullable Long before, int limit) {
        return jdbc.query(
                "select id, at, done_by, action, target, detail from audit_entry where id < ? order by id desc limit ?",
                AuditTrail::entry,
                before == null ? Long.MAX_VALUE : before,
                Math.max(1, Math.min(limit, LONGEST_PAGE)));
    }

    private static AuditEntry entry(ResultSet row, int number) throws SQLException {
        return new AuditEntry(
                row.getLong("id"),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("done_by"),
                row.getString("action"),
                row.getString("target"),
                row.getString("detail"));
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    /** A line in a log stays one line. */
    private static String printable(String text) {
        return cut(text, LONGEST_NAME).replaceAll("\\p{Cntrl}", " ");
    }
}
