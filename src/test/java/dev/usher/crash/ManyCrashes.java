package dev.usher.crash;

import java.nio.file.Path;

/**
 * Twenty kills during two thousand sign-ups. Run by {@code src/test/benchmark/run crash [seed]}; ends with status 1
 * when anybody was lost or made twice.
 */
final class ManyCrashes {

    private ManyCrashes() {}

    public static void main(String[] arguments) {
        long begun = System.nanoTime();
        var crash = new Crash(2_000, 20, arguments.length == 0 ? begun : Long.parseLong(arguments[0]));
        var faults = crash.run(Path.of("target/many-crashes"));
        faults.forEach(System.out::println);
        System.out.printf(
                "%s: %s, after %d s%n",
                crash,
                faults.isEmpty() ? "exactly " + crash.people() + " of everything" : "FAILED",
                (System.nanoTime() - begun) / 1_000_000_000);
        System.exit(faults.isEmpty() ? 0 : 1);
    }
}
