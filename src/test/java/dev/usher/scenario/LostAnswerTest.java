package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.projection.Projection;
import dev.usher.projection.Projection.Claim;
import dev.usher.projection.Projections;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An insert whose answer was lost. The sandbox cuts packets and not statements, so what such a try leaves behind is written
 * here: the row, and the claim.
 */
@ExtendWith(RunningUsher.class)
class LostAnswerTest {

    private static final String ADA = "ada";

    private static Stage claimed(Product product, boolean arrived) throws Exception {
        product.reset();
        var stage = new Stage(product);
        product.hold("sql");
        stage.signUp(ADA, new ObjectMapper().readTree("{\"email\": \"ada@example.org\", \"givenName\": \"Ada\"}"));
        product.quiet();
        product.bean(Projections.class)
                .write(List.of(Projection.unknown(stage.id(ADA), "sql").claimed(new Claim("key", "hash", 1))));
        if (arrived) {
            var url = product.settings().getProperty("usher.destinations.sql.data-source.url", "");
            try (var connection = DriverManager.getConnection(url, "sa", "sandbox");
                    var insert = connection.prepareStatement(
                            "insert into customers (object_id, email, marketing_consent, state, version) values (?, 'ada@example.org', false, 'active', 1)")) {
                insert.setString(1, stage.id(ADA));
                insert.executeUpdate();
            }
        }
        return stage;
    }

    private static List<Object> deleted(Stage stage) {
        stage.product.control("DELETE", "/users/" + stage.id(ADA), null);
        stage.product.quiet();
        stage.product.release("sql");
        stage.product.quiet();
        return stage.deliveries(ADA, "sql").stream()
                .map(row -> row.get("outcome"))
                .toList();
    }

    @Test
    void aRowThatMayHaveBeenMadeLosesItsPersonalDataWhenTheUserIsDeleted(Product product) throws Exception {
        var stage = claimed(product, true);

        var outcomes = deleted(stage);

        assertThat(outcomes).contains("retrying", "updated").doesNotContain("created", "skipped");
        assertThat(product.control("GET", "/systems/sql/records", null))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.path("email").isNull()).isTrue();
                    assertThat(row.path("state").asText()).isEqualTo("deleted");
                });
        assertThat(stage.projection(ADA, "sql")).containsEntry("claim_key", null);
    }

    @Test
    void aRowThatWasNotMadeIsNotMadeForSomebodyWhoIsDeleted(Product product) throws Exception {
        var stage = claimed(product, false);

        var outcomes = deleted(stage);

        assertThat(outcomes).contains("retrying", "skipped").doesNotContain("created", "updated");
        assertThat(product.control("GET", "/systems/sql/records", null)).isEmpty();
    }
}
