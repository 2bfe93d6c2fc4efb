package dev.usher.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private final TestClock clock = new TestClock();
    private final Throttle throttle =
            new Throttle(3, Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(2), clock);

    private void fails(String who, int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed(who);
        }
    }

    @Test
    void theLastTryThatIsAllowedClosesTheDoorForAWhile() {
        fails("ada", 2);
        assertThat(throttle.refuses("ada")).isFalse();

        fails("ada", 1);

        assertThat(throttle.refuses("ada")).isTrue();
        assertThat(throttle.refuses("bob")).isFalse();
        clock.advance(Duration.ofSeconds(30));
        assertThat(throttle.refuses("ada")).isFalse();
    }

    @Test
    void eachFurtherFailureDoublesTheTimeUpToTheLongest() {
        fails("ada", 4);
        clock.advance(Duration.ofSeconds(59));
        assertThat(throttle.refuses("ada")).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(throttle.refuses("ada")).isFalse();

        fails("ada", 100);

        clock.advance(Duration.ofSeconds(119));
        assertThat(throttle.refuses("ada")).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(throttle.refuses("ada")).isFalse();
    }

    @Test
    void aSuccessAndALongPauseForgetWhatWas() {
        fails("ada", 2);
        throttle.succeeded("ada");
        fails("ada", 2);
        assertThat(throttle.refuses("ada")).isFalse();

        clock.advance(Duration.ofMinutes(3));
        fails("ada", 2);
        assertThat(throttle.refuses("ada")).isFalse();
    }

    @Test
    void strangersCannotFillTheMemory() {
        fails("ada", 3);
        for (int i = 0; i < 9_999; i++) {
            throttle.failed("stranger " + i);
        }
        assertThat(throttle.refuses("ada")).isTrue();

        throttle.failed("one more");
        throttle.failed("and another");

        assertThat(throttle.refuses("stranger 0")).isFalse();
    }
}
