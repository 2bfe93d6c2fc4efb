package dev.usher.leaving;

import dev.usher.leaving.MassChange.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The tables {@code departure} and {@code mass_change}, in SQL that H2 and PostgreSQL both read. */
final class DepartureTables {

    private static final String SELECT =
            "select number, state, since, users, departures, decided_at, decided_by, told from mass_change";

    private final JdbcTemplate jdbc;

    DepartureTables(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Until the transaction ends nobody else judges or decides, on any node. */
    void lock() {
        jdbc.queryForList("select number from mass_change where number = 0 for update");
    }

    MassChange latest() {
        return jdbc.query(SELECT + " order by number desc fetch first 1 rows only", DepartureTables::massChange)
                .get(0);
    }

    MassChange find(long number) {
        return jdbc.query(SELECT + " where number = ?", DepartureTables::massChange, number)
                .get(0);
    }

    /** The newest that somebody has decided; 0 when there is none. */
    long latestDecided() {
        return count("select coalesce(max(number), 0) from mass_change where decided_at > 0");
    }

    /** Users known and not deleted; those who passed since then are still counted. */
    long users(long since) {
        return count(
                "select count(*) from person p where p.deleted = false or exists (select 1 from departure d"
                        + " where d.subject = p.subject and d.held_in is null and d.at > ?)",
                since);
    }

    /** Who passed since, this moment not included. */
    long passedSince(long since) {
        return count("select count(*) from departure where held_in is null and at > ?", since);
    }

    long heldIn(long number) {
        return count("select count(*) from departure where held_in = ?", number);
    }

    private long count(String sql, Object... arguments) {
        var count = jdbc.queryForObject(sql, Long.class, arguments);
        return count == null ? 0 : count;
    }

    Map<String, Departure> find(List<String> subjects) {
        var found = new HashMap<String, Departure>();
        jdbc.query(
                "select subject, version, at, held_in from departure where subject in ("
                        + String.join(",", Collections.nCopies(subjects.size(), "?")) + ")",
                row -> {
                    var departure = departure(row);
                    found.put(departure.subject(), departure);
                },
                subjects.toArray());
        return found;
    }

    void save(Departure departure) {
        var held = new org.springframework.jdbc.core.SqlParameterValue(Types.BIGINT, departure.heldIn());
        int known = jdbc.update(
                "update departure set version = ?, at = ?, held_in = ? where subject = ?",
                departure.version(),
                departure.at(),
                held,
                departure.subject());
        if (known == 0) {
            jdbc.update(
                    "insert into departure (version, at, held_in, subject) values (?, ?, ?, ?)",
                    departure.version(),
                    departure.at(),
                    held,
                    departure.subject());
        }
    }

    void begin(MassChange change) {
        jdbc.update(
                "insert into mass_change (number, state, since, users, departures, decided_at, told)"
                        + " values (?, ?, ?, ?, ?, 0, false)",
                change.number(),
                word(change.state()),
                change.since(),
                change.users(),
                change.departures());
    }

    void decide(long number, State state, long at, String by) {
        jdbc.update(
                "update mass_change set state = ?, decided_at = ?, decided_by = ? where number = ?",
                word(state),
                at,
                by,
                number);
    }

    void told(long number) {
        jdbc.update("update mass_change set told = true where number = ?", number);
    }

    /** Departures judged before then, unless they still wait. */
    void forget(long before) {
        jdbc.update(
                "delete from departure where at < ? and (held_in is null"
                        + " or held_in in (select number from mass_change where decided_at > 0))",
                before);
    }

    static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static Departure departure(ResultSet row) throws SQLException {
        long number = row.getLong(4);
        @Nullable Long heldIn = row.wasNull() ? null : Long.valueOf(number);
        return new Departure(row.getString(1), row.getLong(2), row.getLong(3), heldIn);
    }

    private static MassChange massChange(ResultSet row, int index) throws SQLException {
        return new MassChange(
                row.getLong(1),
                State.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getString(7),
                row.getBoolean(8));
    }
}
