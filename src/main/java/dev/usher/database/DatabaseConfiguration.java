package dev.usher.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The database of Usher's state: its statements are bounded, the migrations of its tables are not. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    @Bean
    static BeanPostProcessor answerTimeoutOfTheState(@Value("${usher.database.answer-timeout:1m}") Duration timeout) {
        if (timeout.toMillis() < 1_000) {
            throw new IllegalArgumentException(
                    "usher.database.answer-timeout is " + timeout + ": set 1s or longer, such as 1m");
        }
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof HikariDataSource pool) {
                    AnswerTimeout.set(pool, timeout);
                }
                return bean;
            }
        };
    }

    /** An index over millions of rows may take longer than any statement of a delivery. */
    @Bean
    FlywayConfigurationCustomizer migrationsTakeTheirTime() {
        return flyway -> {
            if (flyway.getDataSource() != null) {
                flyway.dataSource(new Unbounded(flyway.getDataSource()));
            }
        };
    }

    private static final class Unbounded extends DelegatingDataSource {

        Unbounded(DataSource bounded) {
            super(bounded);
        }

        /** The pool puts its own bound back when the connection is returned. */
        @Override
        public Connection getConnection() throws SQLException {
            var connection = Objects.requireNonNull(getTargetDataSource()).getConnection();
            connection.setNetworkTimeout(Runnable::run, 0);
            return connection;
        }
    }
}
