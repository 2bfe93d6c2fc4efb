package dev.usher.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

class AnswerTimeoutTest {

    private static Map<Object, Object> properties(String url, Duration timeout) {
        var pool = new HikariConfig();
        pool.setJdbcUrl(url);
        AnswerTimeout.set(pool, timeout);
        return pool.getDataSourceProperties();
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db/usher, socketTimeout, 2",
        "jdbc:h2:tcp://db/usher, NETWORK_TIMEOUT, 1500",
        "jdbc:mysql://db/usher, socketTimeout, 1500",
        "jdbc:mariadb://db/usher, socketTimeout, 1500",
        "jdbc:sqlserver://db;databaseName=usher, socketTimeout, 1500",
        "jdbc:oracle:thin:@//db/usher, oracle.jdbc.ReadTimeout, 1500"
    })
    void eachDriverHasItInItsOwnWordsAndUnit(String url, String property, String value) {
        assertThat(properties(url, Duration.ofMillis(1_500))).containsExactly(Map.entry(property, value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/usher?sockettimeout=90",
                "jdbc:h2:file:/data/usher",
                "jdbc:h2:mem:usher",
                "jdbc:other://db"
            })
    void whatTheUrlSaysComesFirstAndWhoNeedsNoneGetsNone(String url) {
        assertThat(properties(url, Duration.ofSeconds(1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://127.0.0.1:%d/usher?gssEncMode=disable&sslmode=disable",
                "jdbc:h2:tcp://127.0.0.1:%d/mem:usher"
            })
    void aServerThatTakesTheConnectionAndSaysNothingIsGivenUp(String url) throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var pool = new HikariDataSource()) {
            pool.setJdbcUrl(url.formatted(silent.getLocalPort()));
            pool.setConnectionTimeout(Duration.ofMinutes(1).toMillis());
            AnswerTimeout.set(pool, Duration.ofSeconds(1));

            assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> assertThatThrownBy(pool::getConnection).rootCause().hasMessageContaining("timed out"));
        }
    }

    @Test
    void theMigrationsAreNotBounded() throws SQLException {
        var bounds = new ArrayList<Object>();
        var connection = (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    bounds.add(method.getName() + " " + arguments[1]);
                    return null;
                });
        var source = new AbstractDataSource() {
            @Override
            public Connection getConnection() {
                return connection;
            }

            @Override
            public Connection getConnection(String user, String password) {
                return connection;
            }
        };
        var flyway = new FluentConfiguration().dataSource(source);

        new DatabaseConfiguration().migrationsTakeTheirTime().customize(flyway);

        assertThat(flyway.getDataSource().getConnection()).isSameAs(connection);
        assertThat(bounds).containsExactly("setNetworkTimeout 0");
    }
}
