package dev.usher.sandbox.sql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** A database with the table that {@code create-customers.sql} makes, in which every committed change of a row is written down. */
abstract class CustomersDatabase {
    static final String USER = "sa";
    static final String PASSWORD = "sandbox";

    private static final String CUSTOMERS = "/sandbox/create-customers.sql";
    private static final String CHANGES = """
            create schema sandbox;
            create table sandbox.row_changes(
              id bigint generated always as identity primary key, at timestamp(6) with time zone default current_timestamp(6),
              method varchar(8), object_id varchar(64), body varchar);
            """;

    /** Makes the tables. @param trigger the statement that makes every change of a row be written down */
    final void prepare(String trigger) throws SQLException {
        execute(customers());
        execute(CHANGES);
        execute(trigger);
    }

    private static String customers() throws SQLException {
        try (InputStream file = CustomersDatabase.class.getResourceAsStream(CUSTOMERS)) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new SQLException(e);
        }
    }

    /** The port of the database itself, behind the proxy. */
    abstract int port();

    /** Address for JDBC behind a proxy. @param proxy the port of the proxy */
    abstract String url(int proxy);

    /** What Usher must know besides the address. */
    abstract Map<String, String> properties();

    abstract Connection connect() throws SQLException;

    abstract void close() throws SQLException;

    List<ObjectNode> rows() throws SQLException {
        List<ObjectNode> rows = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select * from customers order by object_id")) {
            ResultSetMetaData columns = result.getMetaData();
            while (result.next()) {
                ObjectNode row = Json.object();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    row.putPOJO(columns.getColumnName(i).toLowerCase(Locale.ROOT), result.getObject(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    List<RowChange> changes() throws SQLException {
        List<RowChange> changes = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "select at, method, object_id, body from sandbox.row_changes order by id")) {
            while (result.next()) {
                changes.add(new RowChange(
                        result.getObject("at", OffsetDateTime.class).toInstant(),
                        result.getString("method"),
                        result.getString("object_id"),
                        result.getString("body")));
            }
        }
        return changes;
    }

    void forgetChanges() throws SQLException {
        execute("delete from sandbox.row_changes");
    }

    void empty() throws SQLException {
        execute("delete from customers");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
