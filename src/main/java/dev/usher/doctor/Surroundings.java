package dev.usher.doctor;

import jakarta.jms.JMSException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.springframework.core.env.Environment;

/** What Usher itself stands on: the database of its state and the broker of its queues. Nothing is made or changed there. */
final class Surroundings {

    private static final String STATE = "state";
    private static final String QUEUES = "queues";
    private static final int H2_IN_USE = 90020;
    private static final int H2_NOT_THERE = 90146;
    private static final int SECONDS = 10;

    private final Environment environment;

    Surroundings(Environment environment) {
        this.environment = environment;
    }

    List<Sign> signs() {
        return List.of(state(), queues());
    }

    private Sign state() {
        var url = environment.getProperty("spring.datasource.url", "");
        var shown = url.replaceAll("[;?].*", "").replaceAll("//[^/@]*@", "//");
        boolean isH2 = url.startsWith("jdbc:h2:");
        DriverManager.setLoginTimeout(SECONDS);
        try (var connection = DriverManager.getConnection(
                isH2 && !url.contains("IFEXISTS") ? url + ";IFEXISTS=TRUE" : url,
                environment.getProperty("spring.datasource.username", ""),
                environment.getProperty("spring.datasource.password", ""))) {
            return connection.isValid(SECONDS)
                    ? Sign.good(STATE, shown + " answers")
                    : Sign.unreachable(STATE, shown + " does not answer", "see whether the database is well");
        } catch (SQLException e) {
            return state(shown, e);
        }
    }

    private static Sign state(String shown, SQLException e) {
        var state = String.valueOf(e.getSQLState());
        if (e.getErrorCode() == H2_IN_USE) {
            return Sign.good(STATE, shown + " is in use by the Usher that runs");
        }
        if (e.getErrorCode() == H2_NOT_THERE) {
            return Sign.good(STATE, shown + " is not there yet: the first start makes it");
        }
        if (state.startsWith("28")) {
            return Sign.bad(
                    STATE,
                    shown + " refuses the user name or the password",
                    "correct DATABASE_USER and DATABASE_PASSWORD (spring.datasource)");
        }
        if (state.startsWith("3D")) {
            return Sign.bad(STATE, shown + " does not exist", "create the database, or correct DATABASE_URL");
        }
        return state.startsWith("08")
                ? Sign.unreachable(
                        STATE, shown + " does not answer", "start it, open the way to it, or correct DATABASE_URL")
                : Sign.bad(STATE, shown + " refuses with SQL state " + state, "look the state up in its manual");
    }

    private Sign queues() {
        if (!"native".equals(environment.getProperty("spring.artemis.mode"))) {
            return folder(Path.of(environment.getProperty("usher.data", "data")));
        }
        var url = environment.getProperty("spring.artemis.broker-url", "tcp://localhost:61616");
        var shown = url.replaceAll("\\?.*", "");
        try (var factory = new ActiveMQConnectionFactory(url);
                var connection = factory.createConnection(
                        environment.getProperty("spring.artemis.user"),
                        environment.getProperty("spring.artemis.password"))) {
            connection.start();
            return Sign.good(QUEUES, shown + " answers");
        } catch (jakarta.jms.JMSSecurityException e) {
            return Sign.bad(
                    QUEUES,
                    shown + " refuses the user name or the password",
                    "correct spring.artemis.user and spring.artemis.password");
        } catch (JMSException e) {
            return Sign.unreachable(
                    QUEUES,
                    shown + " does not answer",
                    "start the broker, open the way to it, or correct spring.artemis.broker-url");
        }
    }

    /** The embedded broker needs its folder. */
    private static Sign folder(Path data) {
        var shown = data.toAbsolutePath().normalize();
        try {
            var nearest = shown;
            while (!Files.exists(nearest)) {
                nearest = nearest.resolveSibling("").toAbsolutePath().normalize();
            }
            if (!Files.isWritable(nearest) || !Files.isDirectory(nearest)) {
                return Sign.bad(
                        QUEUES,
                        shown + " cannot be written",
                        "let the process write it, or set usher.data (USHER_DATA)");
            }
            var free = Files.getFileStore(nearest).getUsableSpace() / (1024 * 1024);
            return free < 512
                    ? Sign.bad(QUEUES, shown + " has " + free + " MB left", "make room: a full disk stops the queues")
                    : Sign.good(QUEUES, "the embedded broker writes to " + shown + ", " + free + " MB free");
        } catch (IOException e) {
            return Sign.bad(QUEUES, shown + " cannot be looked at", "let the process read it");
        }
    }
}
