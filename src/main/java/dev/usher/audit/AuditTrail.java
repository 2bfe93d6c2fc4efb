package dev.usher.audit;

import dev.usher.request.Cursor;
import dev.usher.request.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;

/**
 * The bean {@code audit}: what was done by hand is written here, in the transaction of the caller when there is one, so
 * that neither is kept without the other. Entries are never changed, but where {@link #begin} says so.
 */
@Component("audit")
public final class AuditTrail {

    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_TARGET = 255;
    private static final int LONGEST_DETAIL = 1000;

    private final JdbcTemplate jdbc;
    private final Clock clock;

    AuditTrail(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Notes that somebody did something. Longer texts are cut: names and actions after 100 characters,
     * targets after 255, details after 1,000.
     *
     * @param by the name of who did it: {@code Principal#getName()}; often an address, so that it stands in no log
     * @param action verb and object in lower case, such as {@code replay dead letter}
     * @param target an id or a name; never a person's name, address or a secret
     * @param detail what else must be known; null for nothing
     */
    public void record(String by, String action, String target, @Nullable String detail) {
        begin(by, action, target, detail);
    }

    /**
     * Notes the same, of something that may go on: {@link #amend} says how it did.
     *
     * @return the id of the entry
     */
    public long begin(String by, String action, String target, @Nullable String detail) {
        var key = new GeneratedKeyHolder();
        jdbc.update(
                connection -> {
                    var insert = connection.prepareStatement(
                            "insert into audit_entry (at, done_by, action, target, detail) values (?, ?, ?, ?, ?)",
                            new String[] {"id"});
                    insert.setLong(1, clock.millis());
                    insert.setString(2, cut(by, LONGEST_NAME));
                    insert.setString(3, cut(action, LONGEST_NAME));
                    insert.setString(4, cut(target, LONGEST_TARGET));
                    insert.setString(5, detail == null ? null : cut(detail, LONGEST_DETAIL));
                    return insert;
                },
                key);
        LOG.info("Audit: {}: {}; /audit says by whom", printable(action), printable(target));
        return Objects.requireNonNull(key.getKey(), "the database made no id").longValue();
    }

    /** Puts another detail into an entry that {@link #begin} made; nothing when it is gone. */
    public void amend(long id, String detail) {
        jdbc.update("update audit_entry set detail = ? where id = ?", cut(detail, LONGEST_DETAIL), id);
    }

    /**
     * The entries, newest first.
     *
     * @param before cursor of the page before; null or blank for the newest
     * @param limit 1 to {@link Page#MOST}; null for {@link Page#USUAL}
     * @throws dev.usher.request.RequestProblem when the cursor is none, or the limit out of range
     */
    public Page<AuditEntry> list(@Nullable String before, @Nullable Integer limit) {
        int most = Page.limit(limit);
        var last = Cursor.values(before, 1);
        var read = jdbc.query(
                "select id, at, done_by, action, target, detail from audit_entry where id < ? order by id desc limit ?",
                AuditTrail::entry,
                last.isEmpty() ? Long.MAX_VALUE : Cursor.number(last.get(0)),
                most + 1);
        return Page.of(read, most, entry -> Cursor.of(entry.id()));
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
