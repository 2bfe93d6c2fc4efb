package dev.usher.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.usher.Telltales;
import dev.usher.benchmark.Crowd;
import dev.usher.benchmark.Everybody;
import dev.usher.benchmark.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The packaged jar, installed, is asked to end (SIGTERM) in the middle of a burst, while the vendors take longer than it may take. */
class StopIT {

    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int PEOPLE = 120;
    private static final List<String> SYSTEMS = List.of("stripe", "mailchimp");

    private static final List<String> SETTINGS = List.of(
            "--usher.entra.poll.cron=* * * * * ?",
            "--usher.destinations.stripe.calls=1000",
            "--usher.destinations.stripe.per=1000",
            "--usher.destinations.entra.calls=1000",
            "--usher.destinations.entra.per=1000");

    @Test
    void itEndsWithinHalfAMinuteAndNobodyIsLostOrMadeTwice() {
        Stage.requireJar();
        try (var stage = new Stage(Path.of("target/stop")).installed()) {
            var control = stage.control();
            stage.resetWithoutLimits();
            var crowd = new Crowd(control, "stop");
            var home = stage.home("usher");
            SYSTEMS.forEach(system -> control.put("/systems/" + system + "/faults", "{\"latency\":\"PT50S\"}"));

            try (var usher = stage.usher(home, List.of(), SETTINGS)) {
                usher.awaitLine("Started UsherApplication", START);
                crowd.signUp(PEOPLE, Duration.ZERO);
                await("calls under way")
                        .atMost(START)
                        .until(() -> control.records("sql").size() == PEOPLE);

                var took = usher.stop(LONGEST);

                assertThat(took).isLessThan(LONGEST);
                assertThat(usher.exitCode()).isEqualTo(143);
                assertThat(traces(usher.log()))
                        .as("stack traces; see target/stop/usher/usher.log")
                        .isEmpty();
                assertThat(new Telltales(Set.of("Given\\d+", "Family\\d+"))
                                .in(usher.log().lines()))
                        .as("lines with personal data or secrets")
                        .isEmpty();
            }

            SYSTEMS.forEach(system -> control.delete("/systems/" + system + "/faults"));
            var everybody = new Everybody(control, crowd.emails());
            try (var usher = stage.usher(home, List.of(), SETTINGS)) {
                usher.awaitLine("Started UsherApplication", START);
                await("everybody").atMost(Duration.ofMinutes(2)).until(everybody::arrived);
            }
            assertThat(everybody.faults()).isEmpty();
        }
    }

    private static List<String> traces(String log) {
        return log.lines()
                .filter(line -> line.startsWith("\tat ") || line.contains("Exception"))
                .limit(5)
                .toList();
    }
}
