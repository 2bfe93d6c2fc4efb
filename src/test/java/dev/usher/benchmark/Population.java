package dev.usher.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Fills a database of Usher with a crowd: people, what each destination holds of them, the log of how it came there over the
 * last six days, some that were given up and many that were and are settled, runs of the reconciliation, the newest of them
 * settling, and an audit trail. Everything follows from a person's number.
 */
final class Population {

    static final List<String> DESTINATIONS =
            List.of("birthrights", "entra", "mailchimp", "salesforce", "sql", "stripe");

    private static final int ROWS_AT_ONCE = 2_000;
    private static final int GIVEN_UP_EVERY = 100;
    private static final int REPLAYED_EVERY = 5;
    private static final int EDITED_EVERY = 5;
    private static final int AUDITED_EVERY = 10;
    private static final int RUNS = 60;
    private static final int HOURS = 49;
    private static final long DAYS = Duration.ofDays(6).toMillis();

    private final int people;
    private final int rowsEach;
    private final long now = Instant.now().toEpochMilli();

    /** @param rows of the log, a multiple of the number of people */
    Population(int people, int rows) {
        this.people = people;
        this.rowsEach = rows / people;
    }

    static String subject(int number) {
        return String.format(Locale.ROOT, "%08x-0000-4000-8000-%012x", number * 0x9E3779B1, number);
    }

    static String customer(int number) {
        return "cus_" + number;
    }

    /** Makes the tables and fills them; the database was empty. */
    void fill(DataSource dataSource) throws SQLException {
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .load()
                .migrate();
        try (var database = dataSource.getConnection()) {
            database.setAutoCommit(false);
            fill(
                    database,
                    "insert into person (subject, version, content_hash, email_hash, deleted, disabled, heard_by)"
                            + " values (?, ?, ?, ?, ?, ?, ?)",
                    people,
                    this::person);
            fill(
                    database,
                    "insert into projection (subject, destination, state, remote_id, content_hash, user_hash, mapping,"
                            + " version) values (?, ?, ?, ?, ?, ?, ?, ?)",
                    people * DESTINATIONS.size(),
                    this::projection);
            fill(
                    database,
                    "insert into delivery (at, subject, destination, event_id, event_type, version, outcome, reason,"
                            + " remote_id, request_id, attempt, millis, seen_at, sent_by)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    people * rowsEach,
                    this::delivery);
            fill(
                    database,
                    "insert into dead_letter (id, at, subject, destination, event_id, event_type, reason, attempts, state,"
                            + " reported) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    people / GIVEN_UP_EVERY,
                    this::deadLetter);
            fill(
                    database,
                    "insert into dead_letter (id, at, subject, destination, event_id, event_type, reason, attempts, state,"
                            + " reported, decided_at, decided_by, held)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?, 'replayed', true, ?, 'admin', false)",
                    people / REPLAYED_EVERY,
                    this::replayed);
            fill(
                    database,
                    "insert into reconciliation (mode, deep, cause, state, started_at, changed_at, ended_at, place, pages,"
                            + " orphans, repaired, unreadable, report)"
                            + " values ('repair', ?, 'schedule', ?, ?, ?, ?, '', ?, 0, ?, 0, ?)",
                    RUNS,
                    this::run);
            fill(
                    database,
                    "insert into listed_user (subject, run, created_at, wanted, found) values (?, ?, ?, ?, ?)",
                    people,
                    this::listed);
            fill(
                    database,
                    "insert into hand_edit (event_id, destination, subject, finding, at, run) values (?, ?, ?, ?, ?, ?)",
                    people / EDITED_EVERY,
                    this::handEdit);
            fill(
                    database,
                    "insert into audit_entry (at, done_by, action, target, detail) values (?, ?, ?, ?, ?)",
                    people / AUDITED_EVERY,
                    this::audited);
        }
    }

    private interface Row {
        void set(PreparedStatement statement, int number) throws SQLException;
    }

    private static void fill(Connection database, String sql, int rows, Row row) throws SQLException {
        try (var statement = database.prepareStatement(sql)) {
            for (int i = 0; i < rows; i++) {
                row.set(statement, i);
                statement.addBatch();
                if (i % ROWS_AT_ONCE == ROWS_AT_ONCE - 1 || i == rows - 1) {
                    statement.executeBatch();
                    database.commit();
                }
            }
        }
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    /** The moments of the log are spread evenly; a person's first is the oldest. */
    private long at(int person, int row) {
        return now - DAYS + DAYS / rowsEach * row + DAYS / rowsEach * person / people;
    }

    private static String hash(String kind, int number) {
        return String.format(Locale.ROOT, "%s%031x", kind, number * 0x9E3779B97F4A7C15L >>> 1);
    }

    private void person(PreparedStatement statement, int i) throws SQLException {
        set(
                statement,
                subject(i),
                at(i, rowsEach - 1) * 1000,
                hash("c", i),
                hash("e", i),
                i % 50 == 0,
                i % 40 == 0,
                "/entra/audit-log");
    }

    private void projection(PreparedStatement statement, int i) throws SQLException {
        int person = i / DESTINATIONS.size();
        var destination = DESTINATIONS.get(i % DESTINATIONS.size());
        boolean stripe = destination.equals("stripe");
        set(
                statement,
                subject(person),
                destination,
                destination.equals("mailchimp") ? "SKIPPED" : "CURRENT",
                stripe ? customer(person) : subject(person),
                hash("d", i),
                hash("c", person),
                "0123456789ab",
                at(person, rowsEach - 1) * 1000);
    }

    private void delivery(PreparedStatement statement, int i) throws SQLException {
        int row = i / people;
        int person = i % people;
        var destination = DESTINATIONS.get(row % DESTINATIONS.size());
        long at = at(person, row);
        boolean skipped = destination.equals("mailchimp");
        boolean failed = i % 97 == 0;
        set(
                statement,
                at,
                subject(person),
                destination,
                "directory_" + person + '_' + row,
                row < DESTINATIONS.size() ? "user.created" : "user.updated",
                (at - 3_000) * 1000,
                skipped ? "skipped" : failed ? "retrying" : row < DESTINATIONS.size() ? "created" : "updated",
                skipped ? "no marketing consent" : failed ? "HTTP 503" : null,
                skipped ? null : customer(person),
                skipped ? null : "req_" + i,
                failed ? 2 : 1,
                80L + i % 200,
                at - 500,
                skipped ? null : "everybody");
    }

    private void deadLetter(PreparedStatement statement, int i) throws SQLException {
        int person = i * GIVEN_UP_EVERY;
        set(
                statement,
                String.format(Locale.ROOT, "dead0000-0000-4000-8000-%012x", i),
                at(person, rowsEach - 1),
                subject(person),
                DESTINATIONS.get(i % DESTINATIONS.size()),
                "directory_" + person,
                "user.updated",
                i % 3 == 0 ? "HTTP 400 email_invalid" : "HTTP 422",
                8,
                i % 5 == 0 ? "dismissed" : "open",
                true);
    }

    private void replayed(PreparedStatement statement, int i) throws SQLException {
        int person = i * REPLAYED_EVERY;
        long at = at(person, 0);
        set(
                statement,
                String.format(Locale.ROOT, "0dead000-0000-4000-8000-%012x", i),
                at,
                subject(person),
                DESTINATIONS.get(i % DESTINATIONS.size()),
                "directory_" + person,
                "user.updated",
                i % 3 == 0 ? "HTTP 400 email_invalid" : "HTTP 422",
                8,
                at + 60_000);
    }

    /** The newest is settling, as for half an hour after each night's; every other one was deep. */
    private void run(PreparedStatement statement, int i) throws SQLException {
        boolean newest = i == RUNS - 1;
        long begun = newest ? now - 300_000 : now - DAYS + DAYS / RUNS * i;
        set(
                statement,
                i % 2 == 1,
                newest ? "settling" : "finished",
                begun,
                begun,
                newest ? now : begun + 300_000,
                people / 999 + 1,
                (long) people / 20,
                report(begun));
    }

    private String report(long begun) {
        var lines = new StringJoiner(",", "[", "]");
        for (int hour = HOURS; hour > 0; hour--) {
            lines.add("\"" + Instant.ofEpochMilli(begun - hour * 3_600_000L)
                    + ": directory 700, events 690 (+10 healed by reconciliation), entra 700, mailchimp 350 of 350 consented,"
                    + " salesforce 700, sql 699, stripe 698\"");
        }
        return "{\"seen\": " + people
                + ", \"neverHeardOf\": 10, \"missing\": {\"sql\": 12}, \"drifted\": {\"stripe\": 30},"
                + " \"parked\": {}, \"coverage\": " + lines + ", \"complete\": false}";
    }

    private void listed(PreparedStatement statement, int i) throws SQLException {
        set(
                statement,
                subject(i),
                (long) RUNS,
                at(i, rowsEach - 1),
                "|entra:everybody|salesforce:everybody|sql:everybody|stripe:everybody|",
                i % 20 == 0 ? "drifted:stripe" : "");
    }

    private void handEdit(PreparedStatement statement, int i) throws SQLException {
        int person = i * EDITED_EVERY;
        long run = RUNS - 2 * (i % 5);
        set(statement, run + "/" + subject(person), "stripe", subject(person), "hand-edited", at(person, 0), run);
    }

    private void audited(PreparedStatement statement, int i) throws SQLException {
        int person = i * AUDITED_EVERY;
        set(statement, at(person, 0), "admin", i % 2 == 0 ? "sign-in" : "replay", "dead letter " + i, null);
    }
}
