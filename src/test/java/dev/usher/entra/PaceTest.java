package dev.usher.entra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final TestClock clock = new TestClock();
    private final Pace pace = new Pace(5, Duration.ofSeconds(10), clock);

    @Test
    void fivePermitsAreFreeAndTheSixthIsFreeTenSecondsAfterTheFirst() {
        for (var i = 0; i < 5; i++) {
            assertThat(pace.take(0)).isZero();
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(pace.take(0)).isEqualTo(Duration.ofSeconds(5));
        clock.advance(Duration.ofSeconds(5));

        assertThat(pace.take(0)).isZero();
        assertThat(pace.take(0)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aReserveIsLeftForOthers() {
        assertThat(pace.take(2)).isZero();
        assertThat(pace.take(2)).isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(pace.take(2)).isZero();

        assertThat(pace.take(2)).isEqualTo(Duration.ofSeconds(9));
        assertThat(pace.take(0)).isZero();
        assertThat(pace.take(0)).isZero();
    }

    @Test
    void aCallCountsFromItsAnswer() {
        var slow = new Pace(1, Duration.ofSeconds(10), clock);
        slow.take(0);
        clock.advance(Duration.ofSeconds(3));

        slow.answered();

        assertThat(slow.take(0)).isEqualTo(Duration.ofSeconds(10));
    }
}
