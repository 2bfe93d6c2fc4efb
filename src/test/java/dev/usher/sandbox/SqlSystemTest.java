package dev.usher.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlSystemTest {
    private static final String INSERT =
            "insert into customers(object_id, marketing_consent, state, version) values ('o1', true, 'active', 1)";

    private final Sandbox sandbox = Sandbox.start(SandboxPorts.random());
    private final SandboxClient client = new SandboxClient(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aCommittedChangeIsARecordAndACall() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(INSERT);
            statement.execute("update customers set version = 2");
            statement.execute("update customers set version = 1 where version > 2");
        }

        JsonNode calls = client.calls("sql");
        assertThat(client.records("sql").get(0).get("version").longValue()).isEqualTo(2);
        assertThat(calls).hasSize(2);
        assertThat(calls.get(0).get("method").textValue()).isEqualTo("INSERT");
        assertThat(calls.get(0).get("path").textValue()).isEqualTo("/customers/o1");
        assertThat(calls.get(1).get("body").textValue()).contains("\"version\":2");
    }

    @Test
    void theTableIsTheOneThatIsShipped() throws IOException {
        Path shipped = Path.of("routes/destinations/sql/create-customers.sql");
        Path ours = Path.of("src/test/resources/sandbox/create-customers.sql");

        assertThat(ours).as("cp " + shipped + " " + ours).hasSameTextualContentAs(shipped);
    }

    @Test
    void whatIsRolledBackLeavesNoTrace() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(INSERT);
            connection.rollback();
        }

        assertThat(client.records("sql")).isEmpty();
        assertThat(client.calls("sql")).isEmpty();
    }

    @Test
    void twoSandboxesDoNotShareADatabase() throws SQLException {
        try (Sandbox other = Sandbox.start(SandboxPorts.random());
                Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(INSERT);

            assertThat(other.system("sql").records()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"status\":503}", "{\"cut\":\"before\"}", "{\"malformed\":true}"})
    void aFaultBreaksOpenAndNewConnections(String fault) throws SQLException {
        Statement statement = connect().createStatement();
        client.control("PUT", "/systems/sql/faults", fault);

        assertThatThrownBy(() -> statement.execute(INSERT)).isInstanceOf(SQLException.class);
        assertThatThrownBy(this::connect).isInstanceOf(SQLException.class);

        client.control("DELETE", "/systems/sql/faults", "");

        assertThat(client.records("sql")).isEmpty();
        connect().close();
    }

    @Test
    void cutAfterDoesTheWorkAndLosesTheAnswer() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("select 1");
            client.control("PUT", "/systems/sql/faults", "{\"cut\":\"after\",\"share\":0.5}");

            assertThatThrownBy(() -> statement.execute(INSERT)).isInstanceOf(SQLException.class);
        }

        assertThat(client.records("sql")).hasSize(1);
    }

    @Test
    void latencyDelaysAStatement() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            client.control("PUT", "/systems/sql/faults", "{\"latency\":\"PT0.3S\",\"count\":1}");
            long start = System.nanoTime();

            statement.execute(INSERT);

            assertThat(System.nanoTime() - start).isGreaterThan(290_000_000L);
        }
    }

    @Test
    void aLimitOnConnectionsClosesTheNextOne() throws SQLException {
        client.control("PUT", "/systems/sql/limits", "{\"concurrent\":1}");
        try (Connection first = connect()) {
            assertThat(first.isValid(1)).isTrue();

            assertThatThrownBy(this::connect).isInstanceOf(SQLException.class);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                sandbox.properties().get("usher.destinations.sql.data-source.url"), "sa", "sandbox");
    }
}
