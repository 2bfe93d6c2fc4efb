package dev.usher.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void anAgeHasOneUnit() {
        assertThat(Words.duration(Duration.ofSeconds(59))).isEqualTo("59 s");
        assertThat(Words.duration(Duration.ofSeconds(3599))).isEqualTo("59 min");
        assertThat(Words.duration(Duration.ofHours(47))).isEqualTo("47 h");
        assertThat(Words.duration(Duration.ofHours(48))).isEqualTo("2 days");
    }

    @Test
    void whatIsYetToComeIsNow() {
        var now = Instant.parse("2026-11-21T12:00:00Z");

        assertThat(Words.age(now.plusSeconds(3), now)).isEqualTo("0 s");
    }

    @Test
    void timesAreInUtcWhereverTheServerStands() {
        assertThat(Words.time(Instant.parse("2026-11-21T12:00:00Z"))).isEqualTo("2026-11-21 12:00:00 UTC");
    }

    @Test
    void smallRatesKeepADecimal() {
        assertThat(Words.rate(0)).isEqualTo("0");
        assertThat(Words.rate(0.4)).isEqualTo("0.4");
        assertThat(Words.rate(1204.4)).isEqualTo("1,204");
    }
}
