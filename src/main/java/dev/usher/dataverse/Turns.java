package dev.usher.dataverse;

import dev.usher.entra.Pace;
import dev.usher.entra.Pause;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * The pace of all calls of Dataverse by this process, because service protection counts them together, reads and writes: the
 * bean {@code dataverseTurns} of the route {@code pace-dataverse}.
 *
 * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/api-limits">Service protection API limits</a>
 */
@Component("dataverseTurns")
public final class Turns {

    private static final Duration WINDOW = Duration.ofSeconds(1);
    private static final int SHARE_OF_LIVE_CALLS = 8;

    private final Pace pace;
    private final Pause pause;
    private final int reserve;

    Turns(DataverseSettings settings, Clock clock, Pause pause) {
        this.pace = new Pace(settings.callsPerSecond(), WINDOW, clock);
        this.pause = pause;
        this.reserve = Math.min(settings.callsPerSecond() - 1, 1 + settings.callsPerSecond() / SHARE_OF_LIVE_CALLS);
    }

    /** Waits until a call may be made for somebody who signed up or changed just now. At the stop of Usher it does not wait. */
    public void take() {
        await(0);
    }

    /** Waits until a call may be made that nobody waits for: some calls of each second are left to those who do. */
    void takeBehind() {
        await(reserve);
    }

    private void await(int left) {
        var wait = pace.take(left);
        while (!wait.isZero() && pause.last(wait)) {
            wait = pace.take(left);
        }
    }
}
