package dev.usher.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.Telltales;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The small version of {@link ManyCrashes}, for every build. */
class CrashIT {

    @Test
    void nobodyIsLostAndNobodyIsMadeTwiceWhenUsherIsKilledAgainAndAgain() throws IOException {
        var crash = new Crash(150, 3, System.nanoTime());

        var faults = crash.run(Path.of("target/crash"));

        assertThat(faults).as("%s; the logs are in target/crash", crash).isEmpty();
        var lines = logs(Path.of("target/crash"));
        assertThat(lines).as("lines of logs").isNotEmpty();
        assertThat(new Telltales(Set.of("Given\\d+", "Family\\d+", "Renamed\\d+")).in(lines.stream()))
                .as("lines with personal data or secrets")
                .isEmpty();
    }

    private static List<String> logs(Path folder) throws IOException {
        var lines = new ArrayList<String>();
        try (var files = Files.walk(folder)) {
            for (var log : files.filter(file -> file.endsWith("usher.log")).toList()) {
                lines.addAll(Files.readAllLines(log));
            }
        }
        return lines;
    }
}
