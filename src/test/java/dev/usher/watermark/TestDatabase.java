package dev.usher.watermark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** A database of one kind, with Usher's tables. */
public final class TestDatabase implements AutoCloseable {

    private final DataSource dataSource;
    private final @Nullable EmbeddedPostgres postgres;

    private TestDatabase(DataSource dataSource, @Nullable EmbeddedPostgres postgres) {
        this.dataSource = dataSource;
        this.postgres = postgres;
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    public static TestDatabase h2() {
        var h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return new TestDatabase(h2, null);
    }

    public static TestDatabase postgres() {
        try {
            var postgres = EmbeddedPostgres.start();
            return new TestDatabase(postgres.getPostgresDatabase(), postgres);
        } catch (IOException e) {
            throw new IllegalStateException("the embedded PostgreSQL does not start", e);
        }
    }

    public DataSource dataSource() {
        return dataSource;
    }

    /** Leaves what a new installation has: of the rows, only the first one of {@code mass_change}. */
    void empty() {
        var jdbc = new JdbcTemplate(dataSource);
        jdbc
                .queryForList(
                        "select table_name from information_schema.tables where lower(table_schema) = 'public'"
                                + " and table_type like '%TABLE'",
                        String.class)
                .stream()
                .filter(table -> !table.toLowerCase(java.util.Locale.ROOT).matches("flyway_.*|qrtz_.*|mass_change"))
                .forEach(table -> jdbc.update("delete from \"" + table + "\""));
        jdbc.update("delete from mass_change where number > 0");
    }

    @Override
    public void close() throws IOException {
        if (postgres != null) {
            postgres.close();
        }
    }
}
