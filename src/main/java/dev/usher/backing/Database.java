package dev.usher.backing;

import dev.usher.database.AnswerTimeout;
import dev.usher.startup.Secrets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;

/**
 * The database of Usher's state.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL's codes</a>
 */
final class Database implements Backing {

    /** Seconds, of this virtual machine as a whole: JDBC knows no other. */
    private static final int PATIENCE = 10;

    private static final int H2_CONNECTION_BROKEN = 90067;

    /** The server asks for TLS, or knows none: a setting, although the code is one of connections. */
    private static final String REJECTED = "08004";

    /** Connections, resources (too many connections), and a server that starts or stops. */
    private static final List<String> PASSING = List.of("08", "53", "57P0");

    private final DataSourceProperties settings;

    Database(DataSourceProperties settings) {
        this.settings = settings;
        DriverManager.setLoginTimeout(PATIENCE);
    }

    /** Whether there is anything to wait for: H2 in a file or in memory belongs to the process. */
    static boolean isElsewhere(@Nullable String url) {
        return url != null && url.contains("//");
    }

    @Override
    public String name() {
        return "the database";
    }

    @Override
    public String place() {
        return "spring.datasource.url " + Secrets.withoutOptions(url());
    }

    @Override
    public String mend() {
        return "Start it, open the way to it, or correct spring.datasource.url (DATABASE_URL).";
    }

    @Override
    public @Nullable Trouble trouble() {
        try (var connection = DriverManager.getConnection(url(), login())) {
            return connection.isValid(PATIENCE) ? null : Trouble.noConnection(new SQLException("not valid", "08006"));
        } catch (SQLException e) {
            return passes(e) ? Trouble.noConnection(e) : Trouble.refusal("it refused, SQL state " + e.getSQLState(), e);
        }
    }

    /** With a bound of its own: a driver that waits for a silent server in a thread would leave one behind at each look. */
    private Properties login() {
        var login = new Properties();
        if (settings.getUsername() != null) {
            login.setProperty("user", settings.getUsername());
        }
        if (settings.getPassword() != null) {
            login.setProperty("password", settings.getPassword());
        }
        login.putAll(AnswerTimeout.properties(url(), Duration.ofSeconds(PATIENCE)));
        return login;
    }

    private boolean passes(SQLException failure) {
        var state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return failure.getErrorCode() == H2_CONNECTION_BROKEN
                || hasDriver() && !state.equals(REJECTED) && PASSING.stream().anyMatch(state::startsWith);
    }

    /** Without one the code is that of a lost connection, too. */
    private boolean hasDriver() {
        try {
            return DriverManager.getDriver(url()) != null;
        } catch (SQLException e) {
            return false;
        }
    }

    private String url() {
        return settings.getUrl() == null ? "" : settings.getUrl();
    }
}
