package dev.usher.alert;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The table {@code alarm}. */
@Component
final class Notices {

    private static final String SELECT =
            "select name, raised, number, decided_at, told_at, subject, text, tries, next_try from alarm";

    private final JdbcTemplate jdbc;

    Notices(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The alarm's row, locked until the transaction ends; made when there is none yet. */
    Notice locked(String alarm) {
        var rows = jdbc.query(SELECT + " where name = ? for update", Notices::read, alarm);
        if (!rows.isEmpty()) {
            return rows.get(0);
        }
        jdbc.update(
                "insert into alarm (name, raised, number, decided_at, told_at, tries, next_try)"
                        + " values (?, false, 0, 0, 0, 0, 0)",
                alarm);
        return Notice.none(alarm);
    }

    /** Those on their way that may be sent now, the oldest first. */
    List<Notice> due(long now) {
        return jdbc.query(
                SELECT + " where told_at is null and next_try <= ? order by decided_at, name", Notices::read, now);
    }

    /** Writes the row, unless another mail of this alarm was decided meanwhile. */
    void write(Notice notice, long number) {
        jdbc.update(
                "update alarm set raised = ?, number = ?, decided_at = ?, told_at = ?, subject = ?, text = ?, tries = ?,"
                        + " next_try = ? where name = ? and number = ?",
                notice.raised(),
                notice.number(),
                notice.decidedAt(),
                notice.toldAt(),
                notice.subject(),
                notice.text(),
                notice.tries(),
                notice.nextTry(),
                notice.alarm(),
                number);
    }

    private static Notice read(ResultSet row, int index) throws SQLException {
        long time = row.getLong(5);
        @Nullable Long toldAt = row.wasNull() ? null : Long.valueOf(time);
        return new Notice(
                row.getString(1),
                row.getBoolean(2),
                row.getLong(3),
                row.getLong(4),
                toldAt,
                text(row, 6),
                text(row, 7),
                row.getInt(8),
                row.getLong(9));
    }

    private static String text(ResultSet row, int column) throws SQLException {
        var text = row.getString(column);
        return text == null ? "" : text;
    }
}
