package dev.usher.people;

import dev.usher.people.Search.Hit;
import dev.usher.projection.DeliveryRow;
import dev.usher.projection.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The questions about one person, each answered by an index: plain SQL that H2 and PostgreSQL both read. */
@Component
class PeopleTables {

    private static final String ROWS = """
            select id, at, subject, destination, event_id, event_type, version, outcome, reason, remote_id, request_id,
                   attempt, millis, seen_at, next_try, sent_by
              from delivery where subject = ? and id < ? %s order by id desc limit ?
            """;
    private static final int MOST = 50;

    private final JdbcTemplate jdbc;

    PeopleTables(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A person's log before this number, newest first. @param destination the only one that counts; null for all */
    List<LogRow> rows(String subject, @Nullable String destination, long before, int limit) {
        return destination == null
                ? jdbc.query(ROWS.formatted(""), PeopleTables::row, subject, before, limit)
                : jdbc.query(
                        ROWS.formatted("and destination = ?"), PeopleTables::row, subject, before, destination, limit);
    }

    private static LogRow row(ResultSet row, int number) throws SQLException {
        return new LogRow(
                row.getLong("id"),
                new DeliveryRow(
                        row.getLong("at"),
                        row.getString("subject"),
                        row.getString("destination"),
                        row.getString("event_id"),
                        row.getString("event_type"),
                        row.getLong("version"),
                        Outcome.of(row.getString("outcome")),
                        row.getString("reason"),
                        row.getString("remote_id"),
                        row.getString("request_id"),
                        row.getInt("attempt"),
                        row.getLong("millis"),
                        number(row, "seen_at"),
                        number(row, "next_try"),
                        row.getString("sent_by")));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : Long.valueOf(value);
    }

    List<Overview.OpenLetter> openLetters(String subject) {
        return jdbc.query(
                "select id, at, destination, reason, attempts from dead_letter where subject = ? and state = 'open'"
                        + " order by at desc limit ?",
                (row, number) -> new Overview.OpenLetter(
                        row.getString(1),
                        Instant.ofEpochMilli(row.getLong(2)),
                        row.getString(3),
                        Wording.heading(row.getString(3)),
                        row.getString(4),
                        row.getInt(5)),
                subject,
                MOST);
    }

    @Nullable
    String heardBy(String subject) {
        return first("select heard_by from person where subject = ?", subject);
    }

    private @Nullable String first(String sql, String argument) {
        var found = jdbc.queryForList(sql, String.class, argument);
        return found.isEmpty() ? null : found.get(0);
    }

    List<Hit> byEmail(String hash) {
        Map<String, String> found = new LinkedHashMap<>();
        jdbc.queryForList("select subject from person where email_hash = ? limit " + MOST, String.class, hash)
                .forEach(subject -> found.put(subject, "e-mail"));
        return hits(found);
    }

    /** Whoever has this id, anywhere. Who is in the log alone, because the router never came to them, is found too. */
    List<Hit> byId(String id) {
        Map<String, String> found = new LinkedHashMap<>();
        if (exists("person", id)) {
            found.put(id, "object id");
        }
        jdbc.query(
                "select subject, destination from projection where remote_id = ? limit " + MOST,
                row -> {
                    found.putIfAbsent(row.getString(1), "id in " + Wording.title(row.getString(2)));
                },
                id);
        jdbc.queryForList("select subject from linked_contact where contact_id = ? limit " + MOST, String.class, id)
                .forEach(subject -> found.putIfAbsent(subject, "contact"));
        if (found.isEmpty() && (exists("delivery", id) || exists("dead_letter", id))) {
            found.put(id, "id in the log");
        }
        return hits(found);
    }

    private boolean exists(String table, String subject) {
        return first("select subject from " + table + " where subject = ? limit 1", subject) != null;
    }

    private List<Hit> hits(Map<String, String> found) {
        return found.entrySet().stream()
                .map(one -> hit(one.getKey(), one.getValue()))
                .toList();
    }

    private Hit hit(String subject, String foundBy) {
        return jdbc
                .query(
                        "select version, deleted, disabled from person where subject = ?",
                        (row, number) -> new Hit(
                                subject,
                                foundBy,
                                row.getBoolean(2) ? "deleted" : row.getBoolean(3) ? "disabled" : "active",
                                Instant.ofEpochMilli(row.getLong(1) / 1000)),
                        subject)
                .stream()
                .findFirst()
                .orElseGet(() -> new Hit(subject, foundBy, "not routed", null));
    }
}
