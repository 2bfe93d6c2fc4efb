package dev.usher.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Fills a database of Usher with a crowd: people, what each destination holds of them, the log of how it came there over the
 * last six days, and some that were given up. Everything follows from a person's number.
 */
final class Population {

    static final List<String> DESTINATIONS =
            List.of("birthrights", "entra", "mailchimp", "salesforce", "sql", "stripe");

    private static final int ROWS_AT_ONCE = 2_000;
    private static final int GIVEN_UP_EVERY = 100;
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
}
