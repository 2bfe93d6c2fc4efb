package dev.usher.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The small version of {@link ManyCrashes}, for every build. */
class CrashIT {

    @Test
    void nobodyIsLostAndNobodyIsMadeTwiceWhenUsherIsKilledAgainAndAgain() {
        var crash = new Crash(150, 3, System.nanoTime());

        var faults = crash.run(Path.of("target/crash"));

        assertThat(faults).as("%s; the logs are in target/crash", crash).isEmpty();
    }
}
