package dev.usher.crash;

import dev.usher.benchmark.Crowd;
import dev.usher.benchmark.Everybody;
import dev.usher.benchmark.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * People sign up, names are changed at contacts, Usher is killed as by {@code kill -9} at a random moment and started again on the same data, many
 * times; in the end everybody must be everywhere, once, under the name they have now.
 *
 * @param people how many sign up, in equal parts before each start
 * @param kills how often it is killed
 * @param seed of the random moments; the same seed kills after the same times
 */
record Crash(int people, int kills, long seed) {

    private static final Duration START = Duration.ofMinutes(3);
    /** How long nobody may arrive before those who are missing count as lost. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** Kills fall within so many milliseconds of the start. */
    private static final int MOMENTS = 4_000;
    /** So many contacts get another name before each kill, at most so many milliseconds before it. */
    private static final int NAMES = 5;

    private static final int UNDER_WAY = 300;
    /** Calls take so long that there are always some under way. */
    private static final String SLOW = "{\"latency\":\"PT0.1S\"}";

    private static final List<String> SETTINGS = List.of(
            "--usher.entra.poll.cron=* * * * * ?",
            "--usher.entra.poll.requests=1000",
            "--usher.destinations.stripe.calls=1000",
            "--usher.destinations.stripe.per=1000",
            "--usher.destinations.entra.calls=1000",
            "--usher.destinations.entra.per=1000",
            "--usher.destinations.salesforce.calls=1000",
            "--usher.destinations.dataverse.enabled=true",
            "--usher.destinations.dataverse.calls=1000",
            "--usher.dataverse.enabled=true",
            "--usher.dataverse.changes.cron=0/2 * * * * ?",
            "--usher.dataverse.changes.start=all",
            "--usher.authority.names=dataverse");

    /** What is not as it must be at the end; empty when all is well. Logs are left in the folder. */
    List<String> run(Path folder) {
        Stage.requireJar();
        var random = new Random(seed);
        try (var stage = new Stage(folder).installed()) {
            stage.resetWithoutLimits();
            List.of("stripe", "mailchimp", "entra")
                    .forEach(system -> stage.control().put("/systems/" + system + "/faults", SLOW));
            var crowd = new Crowd(stage.control(), "crash");
            var names = new NewNames(stage.control());
            var home = stage.home("usher");
            for (int kill = 0; kill < kills; kill++) {
                crowd.signUp(people / (kills + 1), Duration.ZERO);
                try (var usher = stage.usher(home, List.of(), SETTINGS)) {
                    usher.awaitLine("Started UsherApplication", START);
                    pause(random.nextInt(MOMENTS));
                    names.give(NAMES);
                    pause(random.nextInt(UNDER_WAY));
                    usher.kill();
                }
            }
            crowd.signUp(people - crowd.emails().size(), Duration.ZERO);
            return outcome(stage, home, new Everybody(stage.control(), crowd.emails()).andContacts(), names);
        }
    }

    private static List<String> outcome(Stage stage, Path home, Everybody everybody, NewNames names) {
        try (var usher = stage.usher(home, List.of(), SETTINGS)) {
            usher.awaitLine("Started UsherApplication", START);
            awaitAll(everybody, names);
            pause(3_000);
            var faults = new ArrayList<>(everybody.faults());
            faults.addAll(names.missing());
            int mails = stage.control().records("mail").size();
            if (mails > 0) {
                faults.add("the administrator got " + mails + " mails, and nothing was given up");
            }
            return faults;
        }
    }

    /** Waits until nothing is missing, as long as what is missing changes. */
    private static void awaitAll(Everybody everybody, NewNames names) {
        List<String> missing = List.of();
        long changed = System.nanoTime();
        do {
            var now = new ArrayList<>(everybody.faults());
            now.addAll(names.missing());
            if (!now.equals(missing)) {
                missing = now;
                changed = System.nanoTime();
            }
            pause(500);
        } while (!missing.isEmpty() && System.nanoTime() - changed < PATIENCE.toNanos());
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
