package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.event.Events;
import dev.usher.event.IdentityEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every destination under {@code routes/destinations} must withstand, whatever it is. */
@ExtendWith(RunningUsher.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DestinationContractTest {

    private static final String ADA = "ada";
    private static final JsonNode SIGN_UP = json("""
            {"email": "ada@example.org", "givenName": "Ada", "surname": "Lovelace", "marketingConsent": true}""");

    List<Contract> destinations() throws IOException {
        var contracts = new ArrayList<Contract>();
        for (var name : names()) {
            contracts.add(Contract.of(name));
        }
        return contracts;
    }

    private static List<String> names() throws IOException {
        try (var folders = Files.list(Path.of("routes/destinations"))) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** Faults that pass: each acts on three calls, one more than is repeated at once. */
    Stream<Arguments> faults() throws IOException {
        var faults = List.of(
                "{\"status\": 503, \"count\": 3}",
                "{\"status\": 500, \"count\": 4}",
                "{\"status\": 429, \"count\": 2}",
                "{\"status\": 429, \"retryAfter\": 1, \"count\": 1}",
                "{\"cut\": \"before\", \"count\": 4}",
                "{\"cut\": \"after\", \"count\": 4}",
                "{\"latency\": \"PT1.4S\", \"count\": 1}",
                "{\"malformed\": true, \"count\": 4}");
        return destinations().stream().flatMap(contract -> faults.stream().map(fault -> Arguments.of(contract, fault)));
    }

    private static Stage arrived(Contract contract, Product product) {
        product.reset();
        var stage = new Stage(product);
        stage.signUp(ADA, contract.signUp(SIGN_UP));
        product.quiet();
        return stage;
    }

    private static void change(Stage stage, JsonNode change) {
        stage.product.control("PATCH", "/users/" + stage.id(ADA), change);
        stage.product.quiet();
    }

    private static void tell(Stage stage, Instant happened) {
        stage.product
                .bean(Events.class)
                .publish(List.of(new IdentityEvent(
                        UUID.randomUUID().toString(), "/contract", "user.updated", stage.id(ADA), happened, null)));
    }

    private static List<String> outcomes(Stage stage, Contract contract) {
        return stage.deliveries(ADA, contract.destination()).stream()
                .map(row -> String.valueOf(row.get("outcome")))
                .toList();
    }

    private static List<?> deadLetters(Product product) {
        return product.database().queryForList("select destination, reason from dead_letter");
    }

    @ParameterizedTest
    @MethodSource("destinations")
    void aNewUserArrivesOnce(Contract contract, Product product) {
        var stage = arrived(contract, product);

        assertThat(contract.records(stage)).isOne();
        assertThat(contract.writes(stage)).isNotEmpty();
        assertThat(outcomes(stage, contract))
                .containsAnyOf("created", "updated")
                .doesNotContain("retrying", "parked");
        assertThat(deadLetters(product)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("destinations")
    void theSameAgainCostsNoCall(Contract contract, Product product) {
        var stage = arrived(contract, product);
        stage.begin();

        tell(stage, Instant.now());
        tell(stage, Instant.now());
        product.quiet();

        assertThat(contract.writes(stage)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("destinations")
    void anOlderChangeCostsNoCall(Contract contract, Product product) {
        var stage = arrived(contract, product);
        change(stage, contract.changes().get(0));
        stage.begin();

        tell(stage, Instant.now().minusSeconds(300));
        product.quiet();

        assertThat(contract.writes(stage)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("destinations")
    void aPauseCostsOneWrite(Contract contract, Product product) {
        var stage = arrived(contract, product);
        stage.begin();

        product.hold(contract.destination());
        contract.changes().forEach(change -> change(stage, change));
        product.release(contract.destination());
        product.quiet();

        assertThat(contract.writes(stage)).hasSize(1);
        assertThat(outcomes(stage, contract)).contains("updated").doesNotContain("parked");
        assertThat(contract.records(stage)).isOne();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("faults")
    void aPassingFaultIsSurvivedWithoutATwin(Contract contract, String fault, Product product) {
        product.reset();
        var stage = new Stage(product);
        product.control("PUT", "/systems/" + contract.system() + "/faults", contract.onWrites(json(fault)));

        stage.signUp(ADA, contract.signUp(SIGN_UP));
        product.quiet();

        assertThat(contract.records(stage)).isOne();
        assertThat(outcomes(stage, contract))
                .containsAnyOf("created", "updated")
                .doesNotContain("parked");
        assertThat(deadLetters(product)).isEmpty();
        if (!contract.system().equals("sql") && !fault.contains("malformed")) {
            assertThat(contract.writes(stage)).hasSizeGreaterThan(1);
        }
    }

    /** HTTP clients always had a time-out: the fault with a latency above is theirs too. */
    @Test
    void aDatabaseThatIsSilentHoldsNoDeliveryForLong(Product product) throws IOException {
        var contract = Contract.of("sql");
        product.reset();
        var stage = new Stage(product);
        product.control("PUT", "/systems/sql/faults", json("{\"latency\": \"PT1M\", \"cut\": \"before\"}"));

        stage.signUp(ADA, contract.signUp(SIGN_UP));
        await("the tries made at once are given up")
                .atMost(Duration.ofSeconds(20))
                .until(() -> {
                    product.poll();
                    return outcomes(stage, contract).contains("retrying");
                });
        product.control("DELETE", "/systems/sql/faults", null);
        product.quiet();

        assertThat(contract.records(stage)).isOne();
        assertThat(outcomes(stage, contract))
                .containsAnyOf("created", "updated")
                .doesNotContain("parked");
    }

    @ParameterizedTest
    @MethodSource("destinations")
    void aRefusalIsParkedAtOnceWithItsReason(Contract contract, Product product) throws Exception {
        product.reset();
        var stage = new Stage(product);
        var refusal = contract.refusal();
        execute(product, refusal.statement());
        try {
            if (!refusal.fault().isEmpty()) {
                product.control("PUT", "/systems/" + contract.system() + "/faults", contract.onWrites(refusal.fault()));
            }

            stage.signUp(ADA, contract.signUp(SIGN_UP));
            product.quiet();
        } finally {
            execute(product, refusal.mend());
        }

        var rows = stage.deliveries(ADA, contract.destination());
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.get("outcome")).isEqualTo("parked");
            assertThat(row.get("attempt")).isEqualTo(1);
            assertThat(String.valueOf(row.get("reason"))).containsPattern(refusal.reason());
        });
        assertThat(rows).isNotEmpty();
        assertThat(deadLetters(product)).hasSameSizeAs(rows);
        assertThat(product.queues().waiting(Queues.DEAD_LETTERS)).isEqualTo(rows.size());
    }

    private static void execute(Product product, String statement) throws Exception {
        if (statement.isEmpty()) {
            return;
        }
        var url = product.settings().getProperty("usher.destinations.sql.data-source.url", "");
        try (var connection = DriverManager.getConnection(url, "sa", "sandbox");
                var execution = connection.createStatement()) {
            execution.execute(statement);
        }
    }

    @Test
    void whatIsSwitchedOffIsSkippedAndSaysSo() throws IOException {
        var off = new LinkedHashMap<String, String>();
        for (var name : names()) {
            off.put("usher.destinations." + name + ".enabled", "false");
        }
        try (var product = Product.start("switched-off", off)) {
            product.reset();
            var stage = new Stage(product);

            stage.signUp(ADA, SIGN_UP);
            product.quiet();

            for (var contract : destinations()) {
                assertThat(contract.writes(stage)).isEmpty();
                assertThat(stage.deliveries(ADA, contract.destination()))
                        .singleElement()
                        .satisfies(row -> {
                            assertThat(row.get("outcome")).isEqualTo("skipped");
                            assertThat(row.get("reason")).isEqualTo("switched off");
                        });
                assertThat(stage.projection(ADA, contract.destination())).isEmpty();
            }
        }
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
