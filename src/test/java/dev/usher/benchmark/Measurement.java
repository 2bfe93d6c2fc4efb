package dev.usher.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What one program needed for one burst.
 *
 * @param calls requests by system and kind, for each sign-up
 * @param cpuSeconds user and system time, until the program was quiet again, for 1,000 sign-ups
 * @param heap in use after a full collection, MB
 * @param rss resident memory when quiet, and at most, MB
 */
record Measurement(
        String program,
        int size,
        double perSecond,
        Duration p50,
        Duration p99,
        Map<String, Double> calls,
        double cpuSeconds,
        long heap,
        long rss,
        long peak) {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration QUIET = Duration.ofSeconds(4);

    /** Warms a started program up, then measures it. */
    static Measurement of(String name, Stage stage, Program program, int warmUp, int size) {
        var control = stage.control();
        int before = 0;
        if (warmUp > 0) {
            forget(control);
            var first = Burst.of(control, warmUp, "warm");
            Arrivals.await(control, first, 0, PATIENCE);
            before = warmUp;
            Waits.sleep(QUIET);
        }
        forget(control);
        double cpuBefore = program.cpuSeconds();
        var burst = Burst.of(control, size, "user");
        Arrivals.await(control, burst, before, PATIENCE);
        Waits.sleep(QUIET);
        double cpu = program.cpuSeconds() - cpuBefore;
        long rss = program.megabytes("VmRSS");
        long peak = program.megabytes("VmHWM");
        var calls = new LinkedHashMap<String, JsonNode>();
        List.of("stripe", "mailchimp", "sql", "entra").forEach(system -> calls.put(system, control.calls(system)));
        var arrivals = Arrivals.read(burst, calls);
        return new Measurement(
                name,
                size,
                arrivals.perSecond(),
                arrivals.latency(0.5),
                arrivals.latency(0.99),
                kinds(calls, size),
                cpu * 1_000 / size,
                program.heapMegabytes(),
                rss,
                peak);
    }

    private static void forget(Control control) {
        List.of("stripe", "mailchimp", "sql", "entra")
                .forEach(system -> control.delete("/systems/" + system + "/calls"));
    }

    private static Map<String, Double> kinds(Map<String, JsonNode> calls, int size) {
        var kinds = new LinkedHashMap<String, Double>();
        calls.forEach((system, log) -> {
            for (var call : log) {
                kinds.merge(kind(system, call), 1.0 / size, Double::sum);
            }
        });
        return kinds;
    }

    private static String kind(String system, JsonNode call) {
        var path = call.path("path").asText();
        var method = call.path("method").asText();
        if (!system.equals("entra")) {
            return system;
        }
        if (path.contains("/auditLogs/")) {
            return "audit pages";
        }
        if (path.endsWith("/$batch")) {
            return call.path("body").asText().contains("\"PATCH\"")
                    ? "entra $batch with PATCH"
                    : "entra $batch of reads";
        }
        return path.contains("/users/") ? "entra " + method + " user" : "token";
    }

    static String header() {
        return """
                | program | sign-ups/s | p50 s | p99 s | CPU s per 1,000 | heap MB | RSS MB | RSS at most MB | calls per sign-up |
                |---|---:|---:|---:|---:|---:|---:|---:|---|""";
    }

    String row() {
        var each = new StringBuilder();
        calls.forEach((kind, number) ->
                each.append(each.isEmpty() ? "" : ", ").append(String.format(Locale.ROOT, "%s %.2f", kind, number)));
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.1f | %.1f | %.2f | %d | %d | %d | %s |",
                program,
                perSecond,
                p50.toMillis() / 1000.0,
                p99.toMillis() / 1000.0,
                cpuSeconds,
                heap,
                rss,
                peak,
                each);
    }
}
