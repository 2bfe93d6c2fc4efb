package dev.usher.alert;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The tables {@code alarm} (what was last decided to be told of each) and {@code alarm_notice} (what a channel was not told
 * yet; a row goes once it was).
 */
@Component
final class Notices {

    /** So many of one alarm wait for a channel that does not take them; older ones are left out. */
    static final int MOST_WAITING = 10;

    private static final String STATE = "select name, raised, number, decided_at, subject, text from alarm";
    private static final String DUE = """
            select alarm, raised, number, decided_at, subject, text, channel, tries, next_try from alarm_notice n
             where next_try <= ? and not exists (select 1 from alarm_notice e
                   where e.alarm = n.alarm and e.channel = n.channel and e.number < n.number)
             order by decided_at, alarm, channel
            """;

    private final JdbcTemplate jdbc;

    Notices(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** What was last told, or is on its way, of every alarm that ever was raised. */
    Map<String, Notice> last() {
        var last = new HashMap<String, Notice>();
        jdbc.query(STATE, Notices::notice).forEach(notice -> last.put(notice.alarm(), notice));
        return last;
    }

    /** The alarm's row, locked until the transaction ends; made when there is none yet. */
    Notice locked(String alarm) {
        var rows = jdbc.query(STATE + " where name = ? for update", Notices::notice, alarm);
        if (!rows.isEmpty()) {
            return rows.get(0);
        }
        jdbc.update("insert into alarm (name, raised, number, decided_at) values (?, false, 0, 0)", alarm);
        return Notice.none(alarm);
    }

    /** The channels that were not told the last of this alarm yet. */
    Set<String> waiting(String alarm) {
        return new HashSet<>(
                jdbc.queryForList("select distinct channel from alarm_notice where alarm = ?", String.class, alarm));
    }

    /** Makes it durable that these channels are told. Takes part in the transaction that locked the alarm. */
    void decide(Notice notice, List<Channel> channels) {
        jdbc.update(
                "update alarm set raised = ?, number = ?, decided_at = ?, subject = ?, text = ? where name = ?",
                notice.raised(),
                notice.number(),
                notice.decidedAt(),
                notice.subject(),
                notice.text(),
                notice.alarm());
        jdbc.update(
                "delete from alarm_notice where alarm = ? and number <= ?",
                notice.alarm(),
                notice.number() - MOST_WAITING);
        channels.forEach(channel -> jdbc.update(
                "insert into alarm_notice (alarm, channel, number, decided_at, raised, subject, text, tries, next_try)"
                        + " values (?, ?, ?, ?, ?, ?, ?, 0, ?)",
                notice.alarm(),
                channel.name(),
                notice.number(),
                notice.decidedAt(),
                notice.raised(),
                notice.subject(),
                notice.text(),
                notice.decidedAt()));
    }

    /** What may be sent now, the oldest first: of one alarm to one channel only the first. */
    List<Telling> due(long now) {
        return jdbc.query(
                DUE,
                (row, index) -> new Telling(notice(row, index), row.getString(7), row.getInt(8), row.getLong(9)),
                now);
    }

    void told(Telling telling) {
        change("delete from alarm_notice", telling);
    }

    void putOff(Telling telling) {
        change("update alarm_notice set tries = " + telling.tries() + ", next_try = " + telling.nextTry(), telling);
    }

    private void change(String what, Telling telling) {
        jdbc.update(
                what + " where alarm = ? and channel = ? and number = ?",
                telling.notice().alarm(),
                telling.channel(),
                telling.notice().number());
    }

    private static Notice notice(ResultSet row, int index) throws SQLException {
        return new Notice(
                row.getString(1), row.getBoolean(2), row.getLong(3), row.getLong(4), text(row, 5), text(row, 6));
    }

    private static String text(ResultSet row, int column) throws SQLException {
        var text = row.getString(column);
        return text == null ? "" : text;
    }
}
