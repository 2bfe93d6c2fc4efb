package dev.usher.sandbox.sql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** A PostgreSQL of its own, which ends with the sandbox. */
final class PostgresCustomers extends CustomersDatabase {
    private static final String TRIGGER = """
            create function sandbox.write_down() returns trigger language plpgsql as $$
            begin
              insert into sandbox.row_changes(method, object_id, body)
              values (tg_op, coalesce(new.object_id, old.object_id), case when tg_op <> 'DELETE' then to_json(new)::text end);
              return null;
            end $$;
            create trigger write_down_change after insert or update or delete on customers
              for each row execute function sandbox.write_down()
            """;

    private final EmbeddedPostgres postgres;

    PostgresCustomers() throws SQLException {
        try {
            postgres = EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new SQLException("the embedded PostgreSQL does not start", e);
        }
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create role " + USER + " superuser login password '" + PASSWORD + "'");
        }
        prepare(TRIGGER);
    }

    @Override
    int port() {
        return postgres.getPort();
    }

    @Override
    String url(int proxy) {
        return "jdbc:postgresql://127.0.0.1:" + proxy + "/postgres";
    }

    @Override
    Map<String, String> properties() {
        return Map.of("usher.destinations.sql.statement", "upsert-customer.postgresql.sql");
    }

    @Override
    Connection connect() throws SQLException {
        return DriverManager.getConnection(url(port()), USER, PASSWORD);
    }

    @Override
    void close() throws SQLException {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new SQLException(e);
        }
    }
}
