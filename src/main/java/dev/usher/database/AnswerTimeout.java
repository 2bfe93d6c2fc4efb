package dev.usher.database;

import com.zaxxer.hikari.HikariConfig;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Bounds how long a database may be silent: a host that is gone without closing the connection, a firewall that forgot it, a
 * lock that somebody holds. JDBC has no bound of its own, so each driver's is set, as a property of its connections.
 *
 * @see <a href="https://jdbc.postgresql.org/documentation/use/#connection-parameters">PostgreSQL's socketTimeout</a>
 */
public final class AnswerTimeout {

    /** H2 in this process has no socket that could be silent. */
    private static final List<Driver> DRIVERS = List.of(
            new Driver("jdbc:postgresql:", "socketTimeout", 1_000),
            new Driver("jdbc:h2:tcp:", "NETWORK_TIMEOUT", 1),
            new Driver("jdbc:h2:ssl:", "NETWORK_TIMEOUT", 1),
            new Driver("jdbc:mysql:", "socketTimeout", 1),
            new Driver("jdbc:mariadb:", "socketTimeout", 1),
            new Driver("jdbc:sqlserver:", "socketTimeout", 1),
            new Driver("jdbc:oracle:", "oracle.jdbc.ReadTimeout", 1));

    private AnswerTimeout() {}

    /** @param unit of the property, in milliseconds */
    private record Driver(String url, String property, long unit) {}

    /**
     * Sets it for the connections that the pool makes from now on; before its first one. An URL that names the driver's
     * property itself, and one of a driver that is not known, stays as it is.
     *
     * @param timeout at least a millisecond; rounded up to what the driver counts in
     */
    public static void set(HikariConfig pool, Duration timeout) {
        properties(String.valueOf(pool.getJdbcUrl()), timeout).forEach(pool::addDataSourceProperty);
    }

    /** The same for one connection: what its properties must hold besides; none where {@link #set} would leave the URL as it is. */
    public static Map<String, String> properties(String url, Duration timeout) {
        var lower = url.toLowerCase(Locale.ROOT);
        return DRIVERS.stream()
                .filter(driver -> lower.startsWith(driver.url()))
                .filter(driver -> !lower.contains(driver.property().toLowerCase(Locale.ROOT) + "="))
                .findFirst()
                .map(driver -> Map.of(
                        driver.property(), String.valueOf((timeout.toMillis() + driver.unit() - 1) / driver.unit())))
                .orElse(Map.of());
    }
}
