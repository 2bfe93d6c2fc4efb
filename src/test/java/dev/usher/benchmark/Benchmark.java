package dev.usher.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Prints the tables of {@code docs/benchmarks.md}. Run from the root of the project after {@code mvn package}; see
 * {@code src/test/benchmark/run}. Arguments: what to measure, any of {@code usher}, {@code camel}, {@code bare},
 * {@code counts}, {@code start}; all of it when there are none.
 */
public final class Benchmark {

    private static final int WARM_UP = Integer.getInteger("warm-up", 3_000);
    private static final int SIZE = Integer.getInteger("size", 5_000);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** Further flags of the virtual machine that runs Usher, such as those that record a profile. */
    private static final List<String> FLAGS = Stream.of(
                    System.getenv().getOrDefault("USHER_FLAGS", "").split(" "))
            .filter(flag -> !flag.isEmpty())
            .toList();

    /** The limits are the sandbox's, not the program's: only what the vendors would slow down is taken away. */
    static final List<String> UNLIMITED = List.of(
            "--usher.entra.poll.requests=1000",
            "--usher.destinations.stripe.calls=2000",
            "--usher.destinations.stripe.per=1000",
            "--usher.destinations.mailchimp.calls=2000",
            "--usher.destinations.mailchimp.per=1000",
            "--usher.destinations.sql.calls=2000",
            "--usher.destinations.sql.per=1000",
            "--usher.destinations.entra.calls=2000",
            "--usher.destinations.entra.per=1000",
            // the other programs do not know it
            "--usher.destinations.salesforce.enabled=false");

    private Benchmark() {}

    public static void main(String[] arguments) {
        Stage.requireJar();
        var wanted = arguments.length == 0 ? List.of("bare", "camel", "usher", "counts", "start") : List.of(arguments);
        try (var stage = new Stage(Path.of("target/benchmark"))) {
            System.out.printf(
                    "%,d sign-ups at once after a warm-up of %,d; Java %s, %d processors%n%n",
                    SIZE,
                    WARM_UP,
                    System.getProperty("java.version"),
                    Runtime.getRuntime().availableProcessors());
            System.out.println(Measurement.header());
            for (var program : wanted) {
                stage.resetWithoutLimits();
                switch (program) {
                    case "bare" -> throughput("bare loop", stage, stage.main(BareLoop.class, stage.home("bare")));
                    case "camel" -> throughput("plain Camel", stage, stage.main(PlainCamel.class, stage.home("camel")));
                    case "usher" -> throughput("Usher", stage, stage.usher(stage.home("usher"), FLAGS, UNLIMITED));
                    default -> {}
                }
            }
            if (wanted.contains("counts")) {
                stage.resetWithoutLimits();
                System.out.println(Counts.measure(stage, 1_000));
            }
            if (wanted.contains("start")) {
                stage.resetWithoutLimits();
                System.out.println(StartUp.measure(stage));
            }
        }
    }

    private static void throughput(String name, Stage stage, Program program) {
        try (program) {
            program.awaitLine("Started", PATIENCE);
            double sandboxCpu = stage.sandbox().cpuSeconds();
            var measured = Measurement.of(name, stage, program, WARM_UP, SIZE);
            System.out.println(measured.row());
            System.err.printf(
                    Locale.ROOT,
                    "%s: the sandbox used %.1f s of CPU for warm-up and burst%n",
                    name,
                    stage.sandbox().cpuSeconds() - sandboxCpu);
        }
    }
}
