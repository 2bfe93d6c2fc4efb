package dev.usher.watermark;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Watermarks over a database of a test; each is a node of its own. */
public final class TestWatermarks {

    private TestWatermarks() {}

    /** The measured lateness over a database of a test. */
    public static Lateness lateness(DataSource dataSource, Clock clock) {
        return new Lateness(new JdbcTemplate(dataSource), new SimpleMeterRegistry(), clock);
    }

    public static Watermarks of(DataSource dataSource, Clock clock) {
        return new Watermarks(new JdbcTemplate(dataSource), new DataSourceTransactionManager(dataSource), clock);
    }
}
