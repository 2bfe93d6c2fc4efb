package dev.usher.destination;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliverySettingsTest {

    private final DeliverySettings.Retry retry =
            new DeliverySettings.Retry(Duration.ofSeconds(5), 2, Duration.ofMinutes(15), 25);

    @ParameterizedTest
    @CsvSource({"0,5", "1,5", "2,10", "3,20", "8,640", "9,900", "25,900", "1000000,900"})
    void theDelayGrowsUpToTheLongest(int attempt, long seconds) {
        assertThat(retry.after(attempt)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void aFactorOfOneKeepsTheDelay() {
        var steady = new DeliverySettings.Retry(Duration.ofSeconds(3), 1, Duration.ofMinutes(1), 5);

        assertThat(steady.after(4)).isEqualTo(Duration.ofSeconds(3));
    }
}
