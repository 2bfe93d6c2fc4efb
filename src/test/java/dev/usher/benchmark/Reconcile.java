package dev.usher.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Thousands of users of whom no source ever told are found and delivered; one destination is forgotten and filled again,
 * with a {@code kill -9} in the middle; once more, and nothing is written. Prints the rows of docs/benchmarks.md.
 */
final class Reconcile {

    private static final int PEOPLE = Integer.getInteger("size", 10_000);
    private static final int MOST_HEAP = 128;
    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String FORGOTTEN = "sql";
    private static final List<String> FLAGS = List.of("-Xmx256m");

    private final Stage stage;
    private final Path home;
    private final List<String> missed = new ArrayList<>();

    private Reconcile(Stage stage) {
        this.stage = stage;
        this.home = stage.home("usher");
    }

    public static void main(String[] arguments) throws SQLException {
        Stage.requireJar();
        List<String> missed;
        try (var stage = new Stage(Path.of("target", "reconcile"))) {
            var trial = new Reconcile(stage);
            trial.play();
            missed = trial.missed;
        }
        missed.forEach(aim -> System.out.println("reconcile: missed: " + aim));
        System.out.println("reconcile: " + (missed.isEmpty() ? "passed" : "FAILED"));
        System.exit(missed.isEmpty() ? 0 : 1);
    }

    private void play() throws SQLException {
        stage.resetWithoutLimits();
        var crowd = new Crowd(stage.control(), "listed");
        while (crowd.emails().size() < PEOPLE) {
            crowd.signUp(Math.min(500, PEOPLE - crowd.emails().size()), Duration.ofHours(24));
        }
        System.out.printf(
                Locale.ROOT,
                "%,d users, Java %s, %d processors%n%n| run | compared s | delivered s | pages | heap MB | writes |%n"
                        + "|---|---:|---:|---:|---:|---|%n",
                PEOPLE,
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors());
        try (var usher = usher()) {
            measure("nobody was known", usher, begin());
        }
        forget();
        long begun;
        try (var usher = usher()) {
            forgetCalls();
            begun = begin();
            aim(
                    Waits.until(PATIENCE, () -> newest().path("seen").asInt() >= PEOPLE / 2),
                    "half of the users were not compared");
            usher.kill();
        }
        try (var usher = usher()) {
            measure("`" + FORGOTTEN + "` was forgotten, killed in the middle", usher, begun);
            aim(writesBut(FORGOTTEN) == 0, "other destinations were written: " + writes());
            aim(newest().path("seen").asInt() == PEOPLE, "the run that was killed did not go on");
            forgetCalls();
            measure("again", usher, begin());
            aim(writes().values().stream().allMatch(count -> count == 0), "written again: " + writes());
        }
    }

    private Program usher() {
        var settings = new ArrayList<>(Benchmark.UNLIMITED);
        settings.add("--usher.reconciliation.page-cron=* * * * * ?");
        settings.add("--usher.reconciliation.grace=0s");
        settings.add("--usher.reconciliation.page-size=" + Math.min(999, PEOPLE / 10));
        var usher = stage.usher(home, FLAGS, settings);
        usher.awaitLine("Started UsherApplication", START);
        return usher;
    }

    /** What Usher remembers of one destination is lost. */
    private void forget() throws SQLException {
        try (var database = DriverManager.getConnection(
                        "jdbc:h2:file:" + home.resolve("data/usher") + ";WRITE_DELAY=0", "usher", "");
                var statement = database.createStatement()) {
            statement.execute("delete from projection where destination = '" + FORGOTTEN + "'");
        }
    }

    private long begin() {
        management().post("/actuator/reconciliation", Map.of("mode", "repair"));
        return System.nanoTime();
    }

    private Control management() {
        return new Control(
                URI.create("http://127.0.0.1:" + stage.managementPort()),
                "Bearer " + Folders.read(home.resolve("data/command.key")).strip());
    }

    private JsonNode newest() {
        return management().get("/actuator/reconciliation").path("runs").path(0);
    }

    private void measure(String name, Program usher, long begun) {
        long heap = 0;
        long compared = 0;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String state;
        do {
            heap = Math.max(heap, usher.heapMegabytes());
            state = newest().path("state").asText();
            if (compared == 0 && !List.of("listing", "orphans").contains(state)) {
                compared = System.nanoTime();
            }
            Waits.sleep(Duration.ofSeconds(2));
        } while (!state.equals("finished") && System.nanoTime() < deadline);
        long delivered = System.nanoTime();
        Waits.sleep(Duration.ofSeconds(3));
        var report = newest();
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %d | %d | %s |%n",
                name,
                (compared - begun) / 1e9,
                (delivered - begun) / 1e9,
                report.path("pages").asInt(),
                heap,
                writes());
        report.path("coverage").forEach(line -> System.err.println(line.asText()));
        aim(state.equals("finished"), name + ": not everything was right after " + PATIENCE);
        aim(heap < MOST_HEAP, name + ": " + heap + " MB of heap");
    }

    private void forgetCalls() {
        List.of("stripe", "mailchimp", "sql", "entra")
                .forEach(system -> stage.control().delete("/systems/" + system + "/calls"));
    }

    private Map<String, Integer> writes() {
        var control = stage.control();
        var writes = new java.util.TreeMap<String, Integer>();
        writes.put("stripe", control.count("stripe", "POST", "/v1/customers"));
        writes.put(
                "mailchimp",
                control.count("mailchimp", "POST", "/members") + control.count("mailchimp", "PATCH", "/members"));
        writes.put("sql", control.count("sql", "INSERT", "/") + control.count("sql", "UPDATE", "/"));
        writes.put("entra", control.count("entra", "PATCH", "/users/"));
        return writes;
    }

    private int writesBut(String destination) {
        return writes().entrySet().stream()
                .filter(system -> !system.getKey().equals(destination))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private void aim(boolean reached, String otherwise) {
        if (!reached) {
            missed.add(otherwise);
        }
    }
}
