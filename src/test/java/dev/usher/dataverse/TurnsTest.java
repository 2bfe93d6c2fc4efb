package dev.usher.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.TestClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Of eight calls a second two are left to those who are waited for. */
class TurnsTest {

    private final TestClock clock = new TestClock();
    private Duration waited = Duration.ZERO;
    private final Turns turns = new Turns(settings(8), clock, wait -> {
        waited = waited.plus(wait);
        clock.advance(wait);
        return true;
    });

    private static DataverseSettings settings(int callsPerSecond) {
        return new DataverseSettings(
                true,
                URI.create("https://contoso.crm.dynamics.com"),
                callsPerSecond,
                new DataverseSettings.Columns("adx_identity_username", "firstname", "lastname", "mail", "", "true"),
                new DataverseSettings.Webhook("x-usher-secret", List.of(), "usher", "", "", false),
                new DataverseSettings.Changes(500, DataverseSettings.Start.NOW));
    }

    private void live(int calls) {
        IntStream.range(0, calls).forEach(i -> turns.take());
    }

    private void behind(int calls) {
        IntStream.range(0, calls).forEach(i -> turns.takeBehind());
    }

    @Test
    void theNinthCallOfASecondWaitsForTheNext() {
        live(8);
        assertThat(waited).isZero();

        live(1);

        assertThat(waited).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aReconciliationLeavesSomeOfThemToLiveChanges() {
        behind(6);
        assertThat(waited).isZero();

        live(2);
        assertThat(waited).isZero();
        behind(1);

        assertThat(waited).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void oneCallASecondStillServesBoth() {
        var slow = new Turns(settings(1), clock, wait -> {
            clock.advance(wait);
            return true;
        });
        var begin = clock.instant();

        slow.takeBehind();
        slow.take();

        assertThat(Duration.between(begin, clock.instant())).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void theStopWaitsForNobody() {
        var stopping = new Turns(settings(1), clock, wait -> false);

        stopping.take();
        stopping.take();

        assertThat(clock.instant()).isEqualTo(new TestClock().instant());
    }
}
