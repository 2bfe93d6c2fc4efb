package dev.usher.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.scenario.Product;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands about a running Usher, against one. */
class OnlineCommandsTest {

    private static Product product;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() throws IOException {
        product = Product.start(
                "commands",
                Map.of("usher.dead-letters.cron", "* * * * * ?", "usher.reconciliation.page-cron", "* * * * * ?"));
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @BeforeEach
    void adaIsRefusedByStripe() throws IOException {
        product.reset();
        product.control("PUT", "/systems/stripe/faults", new ObjectMapper().readTree("{\"status\": 400}"));
        product.control(
                "POST",
                "/sign-ups",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("email", "ada@example.org")
                        .put("givenName", "Ada"));
        product.quiet();
        product.control("DELETE", "/systems/stripe/faults", null);
    }

    private int run(String... arguments) throws IOException {
        var key = Path.of(product.settings().getRequiredProperty("usher.data"), "command.key");
        if (!Files.exists(key)) {
            key = Files.writeString(Files.createTempFile("command", ".key"), "any");
        }
        var line = UsherCommand.line().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--url", product.console().toString(), "--key-file", key.toString()))
                .toArray(String[]::new));
    }

    @Test
    void deadLettersAreListedReplayedAndGone() throws IOException {
        assertThat(run("replay")).isEqualTo(ExitCode.FOUND);
        assertThat(out.toString()).contains("1  stripe", "HTTP 400");

        assertThat(run("replay", "--destination", "stripe")).isZero();
        assertThat(out.toString()).contains("1 sent on their way again");
        product.quiet();

        assertThat(run("replay")).isZero();
        assertThat(out.toString()).contains("No dead letter is open.");
        assertThat(product.control("GET", "/systems/stripe/records", null)).hasSize(1);
    }

    @Test
    void allAreDismissed() throws IOException {
        assertThat(run("replay", "--all", "--dismiss", "--json")).isZero();

        assertThat(out.toString()).contains("\"action\" : \"dismiss\"", "\"letters\" : 1");
        assertThat(product.control("GET", "/systems/stripe/records", null)).isEmpty();
    }

    @Test
    void dismissingWithoutSayingWhichIsWrongUse() throws IOException {
        assertThat(run("replay", "--dismiss")).isEqualTo(ExitCode.WRONG_USE);

        assertThat(err.toString()).contains("it is not said which dead letters are meant");
    }

    @Test
    void aReconciliationTellsWhatItFindsAndThatByItsExitCode() throws IOException {
        assertThat(run("reconcile", "--dry-run")).isEqualTo(ExitCode.FOUND);
        assertThat(out.toString()).contains("all compared", "Users seen: 1,", "parked in stripe: 1");
        assertThat(err.toString()).contains("users compared");

        assertThat(run("replay", "--all")).isZero();
        product.quiet();

        assertThat(run("reconcile", "--dry-run", "--json")).isZero();
        assertThat(out.toString()).contains("\"mode\" : \"dry-run\"");
    }

    @Test
    void aDestinationThatIsNotThereIsNamed() throws IOException {
        assertThat(run("reconcile", "--destination", "strip")).isEqualTo(ExitCode.WRONG_USE);

        assertThat(err.toString()).contains("destination is \"strip\"", "stripe");
    }

    @Test
    void theWebhookIsRegistered() throws IOException {
        assertThat(run("register-webhook", product.hook().toString())).isZero();
        assertThat(out.toString()).contains("Dataverse calls " + product.hook(), "Update: registered");

        assertThat(run("register-webhook", "--show")).isZero();
    }
}
