package dev.usher.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One of the situations Usher must stand, played against a sandbox with the vendors' real limits; the aims it missed. */
final class Trial {

    private static final Duration START = Duration.ofMinutes(1);

    private final String name;
    private final List<String> missed = new ArrayList<>();

    private Trial(String name) {
        this.name = name;
    }

    /** What happens, once Usher runs; it notes what it measured and what was missed. */
    @FunctionalInterface
    interface Play {
        void play(Control control, Trial trial);
    }

    /** Plays it, prints the result and ends this program: with status 1 when an aim was missed. */
    static void run(String name, Play play) {
        Stage.requireJar();
        var trial = new Trial(name);
        try (var stage = new Stage(Path.of("target", name))) {
            try (var usher = stage.usher(stage.home("usher"), List.of(), List.of())) {
                usher.awaitLine("Started UsherApplication", START);
                play.play(stage.control(), trial);
            }
        }
        trial.missed.forEach(System.out::println);
        System.out.println(name + ": " + (trial.missed.isEmpty() ? "passed" : "FAILED"));
        System.exit(trial.missed.isEmpty() ? 0 : 1);
    }

    void measured(String what) {
        System.out.println(name + ": " + what);
    }

    void aim(boolean reached, String otherwise) {
        if (!reached) {
            missed.add(name + ": missed: " + otherwise);
        }
    }

    /** Waits until everybody is everywhere, and looks whether everything is as it must be. */
    void everybodyArrives(Control control, Map<String, String> emails, Duration patience) {
        var everybody = new Everybody(control, emails);
        Waits.until(patience, everybody::arrived);
        Waits.sleep(Duration.ofSeconds(3));
        everybody.faults().forEach(fault -> aim(false, fault));
    }

    /** How many calls of a status a system answered; 0 counts all of them. */
    static long answered(Control control, String system, int status) {
        long count = 0;
        for (var call : control.calls(system)) {
            count += status == 0 || call.path("status").asInt() == status ? 1 : 0;
        }
        return count;
    }
}
