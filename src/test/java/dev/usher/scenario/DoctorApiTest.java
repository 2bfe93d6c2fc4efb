package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The doctor of a running Usher. */
@ExtendWith(RunningUsher.class)
class DoctorApiTest {

    @Test
    void aRunningUsherTellsHowItsSystemsAre(Product product) {
        product.reset();

        var answer = product.api("GET", "/api/doctor", "");

        assertThat(answer.status()).isEqualTo(200);
        var signs = answer.body().path("items");
        assertThat(signs).anySatisfy(sign -> {
            assertThat(sign.path("system").asText()).isEqualTo("stripe");
            assertThat(sign.path("state").asText()).isEqualTo("good");
        });
        assertThat(signs)
                .filteredOn(sign -> sign.path("state").asText().equals("unreachable"))
                .isEmpty();
    }
}
