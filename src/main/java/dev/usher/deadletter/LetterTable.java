package dev.usher.deadletter;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The table {@code dead_letter}, as operators see and change it. Deliveries add to it through {@code Projections}. */
@Component
final class LetterTable {

    static final String OPEN = "open";
    static final String REPLAYED = "replayed";
    static final String DISMISSED = "dismissed";

    private static final String LETTERS =
            "select id, at, subject, destination, event_id, event_type, reason, words, attempts, state,"
                    + " decided_at, decided_by, note, held from dead_letter";
    private static final String TO_MOVE = " where state in ('replayed', 'dismissed', 'resolved') and held = true";
    private static final String GROUPS = """
            select g.destination, g.reason, g.letters, g.oldest, g.newest,
                   (select d.words from dead_letter d
                     where d.state = 'open' and d.destination = g.destination and d.reason = g.reason
                     order by d.at desc, d.id desc fetch first 1 rows only)
              from (select destination, reason, count(*) as letters, min(at) as oldest, max(at) as newest from dead_letter
                     where state = 'open' and destination >= ? and (destination > ? or reason > ?)
                     group by destination, reason order by destination, reason fetch first %d rows only) g
             order by g.destination, g.reason
            """;
    private static final String OUTCOME = """
            select outcome, reason, destination from delivery
             where subject = ? and at >= ? and event_id in (?, ?)
             order by case when destination = ? then 0 else 1 end, id desc fetch first 1 rows only
            """;

    private final JdbcTemplate jdbc;

    LetterTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Groups of open letters behind this one, by destination and reason. */
    List<Group> groups(String destination, String reason, int most) {
        return jdbc.query(
                GROUPS.formatted(most),
                (row, number) -> new Group(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        Instant.ofEpochMilli(row.getLong(4)),
                        Instant.ofEpochMilli(row.getLong(5)),
                        row.getString(6)),
                destination,
                destination,
                reason);
    }

    /** Letters in this state, given up before this place, the newest first. */
    List<Letter> letters(String state, Selection selection, long at, String id, int most) {
        var arguments = new ArrayList<Object>();
        arguments.add(state);
        arguments.addAll(selection.arguments());
        arguments.addAll(List.of(at, at, id));
        // by state too, which is the same in all: without it H2 sorts all letters of the state instead of following the
        // index
        return jdbc.query(
                LETTERS + " where state = ? and " + selection.condition()
                        + " and at <= ? and (at < ? or id < ?) order by state, at desc, id desc fetch first " + most
                        + " rows only",
                LetterTable::letter,
                arguments.toArray());
    }

    /** The letters of these ids, by id; one that is not there is missing from the answer. */
    Map<String, Letter> find(Collection<String> ids) {
        var found = new HashMap<String, Letter>();
        if (!ids.isEmpty()) {
            jdbc.query(LETTERS + " where id in (" + marks(ids.size()) + ")", LetterTable::letter, ids.toArray())
                    .forEach(letter -> found.put(letter.id(), letter));
        }
        return found;
    }

    Counts counts() {
        var open = new LinkedHashMap<String, Long>();
        jdbc.query(
                "select destination, count(*) from dead_letter where state = 'open' group by destination"
                        + " order by destination",
                row -> {
                    open.put(row.getString(1), row.getLong(2));
                });
        return new Counts(open, count("select count(*) from dead_letter" + TO_MOVE));
    }

    private long count(String sql, Object... arguments) {
        var count = jdbc.queryForObject(sql, Long.class, arguments);
        return count == null ? 0 : count;
    }

    /** How many open ones are meant whose destination is none of these. */
    long openElsewhere(Selection selection, Collection<String> destinations) {
        var arguments = new ArrayList<>(selection.arguments());
        arguments.addAll(destinations);
        return count(
                "select count(*) from dead_letter where state = 'open' and " + selection.condition()
                        + " and destination not in (" + marks(destinations.size()) + ")",
                arguments.toArray());
    }

    /** Closes what is open and meant, at one of these destinations; null for any. @return how many */
    int decide(String state, Selection selection, @Nullable Collection<String> destinations, long now, String by) {
        var arguments = new ArrayList<Object>(List.of(state, now, by));
        arguments.addAll(selection.arguments());
        var among = "";
        if (destinations != null) {
            arguments.addAll(destinations);
            among = " and destination in (" + marks(destinations.size()) + ")";
        }
        return jdbc.update(
                "update dead_letter set state = ?, decided_at = ?, decided_by = ? where state = 'open' and "
                        + selection.condition() + among,
                arguments.toArray());
    }

    /** Decided letters whose messages may still be in the queue, decided before this time. */
    List<Letter> toMove(long before, int most) {
        return jdbc.query(
                LETTERS + TO_MOVE + " and decided_at < ? order by at fetch first " + most + " rows only",
                LetterTable::letter,
                before);
    }

    /** Their messages have left the queue. */
    void moved(Collection<String> ids) {
        if (!ids.isEmpty()) {
            jdbc.update("update dead_letter set held = false where id in (" + marks(ids.size()) + ")", ids.toArray());
        }
    }

    void note(String id, String note) {
        jdbc.update("update dead_letter set note = ? where id = ?", note, id);
    }

    /** What became of a replay, in words; null while nothing has. */
    @Nullable
    String outcome(Letter letter) {
        var decidedAt = letter.decidedAt();
        if (!letter.isReplayed() || letter.subject() == null || decidedAt == null) {
            return null;
        }
        return jdbc
                .query(
                        OUTCOME,
                        (row, number) -> row.getString(1)
                                + (row.getString(3).equals(letter.destination()) ? "" : " in " + row.getString(3))
                                + (row.getString(2) == null ? "" : ": " + row.getString(2)),
                        letter.subject(),
                        decidedAt.toEpochMilli(),
                        letter.replay(),
                        letter.event(),
                        letter.destination())
                .stream()
                .findFirst()
                .orElse(null);
    }

    private static String marks(int number) {
        return String.join(",", Collections.nCopies(number, "?"));
    }

    private static Letter letter(ResultSet row, int number) throws SQLException {
        long decidedAt = row.getLong(11);
        boolean decided = !row.wasNull();
        return new Letter(
                row.getString(1),
                Instant.ofEpochMilli(row.getLong(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getInt(9),
                row.getString(10),
                decided ? Instant.ofEpochMilli(decidedAt) : null,
                row.getString(12),
                row.getString(13),
                decided && row.getBoolean(14),
                null);
    }
}
