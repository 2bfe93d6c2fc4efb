package dev.usher.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** The bean {@code statements}: lets a database compile a statement without running it. */
@Component("statements")
public final class Statements {

    /**
     * Compiles the file that the variable {@code file} names with the data source that the variable {@code dataSource}
     * names. A database that did not answer once is not asked again.
     *
     * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL's codes</a>
     * @see <a href="https://h2database.com/javadoc/org/h2/api/ErrorCode.html">H2's codes</a>
     */
    public void compile(Exchange exchange) throws IOException {
        var chart = Chart.of(exchange);
        if (chart.signs().stream().anyMatch(sign -> sign.state() == Sign.State.UNREACHABLE)) {
            return;
        }
        var file = Path.of(exchange.getVariable("file", String.class));
        var name = String.valueOf(file.getFileName());
        var source = exchange.getContext()
                .getRegistry()
                .lookupByNameAndType(exchange.getVariable("dataSource", String.class), DataSource.class);
        var statement = Files.readString(file).replaceAll(":#(\\$\\{[^}]*}|\\w+)", "?");
        try (var connection = source.getConnection();
                var compiled = connection.prepareStatement(statement)) {
            int values = compiled.getParameterMetaData().getParameterCount(); // some ask the database only now
            chart.add(Sign.good(chart.system(), name + " compiles there, with " + values + " values"));
        } catch (SQLException e) {
            chart.add(sign(chart.system(), file, e));
        }
    }

    private static Sign sign(String system, Path file, SQLException e) {
        var state = String.valueOf(e.getSQLState());
        var name = String.valueOf(file.getFileName());
        var words =
                String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceFirst("; SQL statement:.*", "");
        if (state.startsWith("28")) {
            return Sign.bad(
                    system,
                    "the database refuses the user name or the password",
                    "correct username and password under usher.destinations." + system + ".data-source");
        }
        if (state.startsWith("08") || e instanceof java.sql.SQLTransientException || state.equals("90067")) {
            return Sign.unreachable(
                    system,
                    "the database does not answer",
                    "start it, open the way to it, or correct usher.destinations." + system + ".data-source.url");
        }
        if (state.equals("42P01") || state.startsWith("42S0") || state.equals("42501")) {
            return Sign.bad(
                    system,
                    name + ": " + words,
                    "make the table or let the user use it, or correct the statement in " + file);
        }
        return Sign.bad(system, name + " does not compile there: " + words, "correct the statement in " + file);
    }
}
