package dev.usher.projection;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** The memory of Usher on a database of the test's. */
public final class TestProjections {

    private TestProjections() {}

    public static Projections on(DataSource dataSource) {
        return new Projections(
                new JdbcTemplate(dataSource),
                new DataSourceTransactionManager(dataSource),
                new DeliveryMeters(new SimpleMeterRegistry()));
    }
}
