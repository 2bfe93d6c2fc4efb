package dev.usher.sandbox.sql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Json;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.h2.tools.Server;

/** An H2 database in memory behind a TCP server of its own; two of them in one JVM do not see each other. */
final class CustomersDatabase {
    static final String USER = "sa";
    static final String PASSWORD = "sandbox";
    static final String PUBLIC_NAME = "mem:customers";
    private static final String TABLE = """
            create table customers(
              object_id varchar(64) primary key, email varchar(320), given_name varchar(256), family_name varchar(256),
              display_name varchar(256), customer_type varchar(64), marketing_consent boolean not null,
              state varchar(16) not null, version bigint not null);
            create schema sandbox;
            create table sandbox.row_changes(
              id bigint generated always as identity primary key, at timestamp(6) with time zone default current_timestamp(6),
              method varchar(8), object_id varchar(64), body varchar);
            create trigger write_down_change after insert, update, delete on customers for each row call "%s";
            """;

    private final String privateName = "mem:customers_" + UUID.randomUUID();
    private final Connection keptOpen;
    private final Server server;

    CustomersDatabase() throws SQLException {
        keptOpen = connect();
        try (Statement statement = keptOpen.createStatement()) {
            statement.execute(TABLE.formatted(RowTrigger.class.getName()));
        }
        server = Server.createTcpServer("-tcpPort", "0", "-tcpDaemon", "-key", PUBLIC_NAME, privateName)
                .start();
    }

    /** The port of the TCP server itself, behind the proxy. */
    int port() {
        return server.getPort();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:" + privateName, USER, PASSWORD);
    }

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

    void close() throws SQLException {
        server.stop();
        keptOpen.close();
    }
}
