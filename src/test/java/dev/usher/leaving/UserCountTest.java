package dev.usher.leaving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

/** Who waits for the counting of the users, and who does not. */
class UserCountTest {

    private final TestClock clock = new TestClock();
    private final List<Runnable> background = new ArrayList<>();
    private long users = 40;
    private final UserCount count = new UserCount(since -> users, clock, background::add);

    @Test
    void aPageNeverWaitsForTheCountingButTheFirst() {
        assertThat(count.lately(0)).isEqualTo(40);
        users = 50;
        clock.advance(Duration.ofMinutes(1));

        assertThat(count.lately(0)).isEqualTo(40);
        assertThat(count.lately(0)).isEqualTo(40);

        assertThat(background).hasSize(1);
        background.get(0).run();
        assertThat(count.lately(0)).isEqualTo(50);
        assertThat(background).hasSize(1);
    }

    @Test
    void aCountingThatFailsIsTriedAgain() {
        var failing = new UserCount(
                since -> {
                    if (users > 40) {
                        throw new QueryTimeoutException("too long");
                    }
                    return users;
                },
                clock,
                background::add);
        failing.lately(0);
        users = 50;
        clock.advance(Duration.ofMinutes(1));

        failing.lately(0);
        background.get(0).run();
        failing.lately(0);

        assertThat(background).hasSize(2);
    }

    @Test
    void theGuardCountsWhenItsCountIsTooOld() {
        count.within(Duration.ofSeconds(10), 0);
        users = 50;

        assertThat(count.within(Duration.ofSeconds(10), 0)).isEqualTo(40);
        clock.advance(Duration.ofSeconds(10));
        assertThat(count.within(Duration.ofSeconds(10), 0)).isEqualTo(50);
        users = 60;
        assertThat(count.within(Duration.ZERO, 0)).isEqualTo(60);
    }
}
