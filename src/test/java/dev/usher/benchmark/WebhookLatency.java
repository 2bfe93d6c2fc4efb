package dev.usher.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * How long a caller of the webhook waits for the 202, which says that the event is on disk: the very first call, the calls
 * right after the start, and later ones. Dataverse must be answered within 50 ms.
 */
final class WebhookLatency {

    private static final int CONNECTIONS = Integer.getInteger("connections", 4);
    private static final int CALLS = Integer.getInteger("size", 2_000);
    private static final int RIGHT_AFTER_THE_START = 100;
    private static final double MOST_MILLIS = 50;
    private static final String SECRET = "sandbox-webhook-secret";
    private static final String CHANGE = """
            {"MessageName": "Update", "PrimaryEntityName": "contact", "PrimaryEntityId": "%s", "OperationId": "%s",
             "InitiatingUserId": "0a000000-0000-4000-8000-000000000002", "SharedVariables": [], "InputParameters": []}""";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI hook;

    private WebhookLatency(URI hook) {
        this.hook = hook;
    }

    public static void main(String[] arguments) throws Exception {
        Stage.requireJar();
        boolean good;
        try (var stage = new Stage(Path.of("target", "webhook"))) {
            stage.resetWithoutLimits();
            var settings = new ArrayList<>(Benchmark.UNLIMITED);
            settings.add("--usher.dataverse.enabled=true");
            try (var usher = stage.usher(stage.home("usher"), List.of(), settings)) {
                usher.awaitLine("Started UsherApplication", Duration.ofMinutes(1));
                good = new WebhookLatency(
                                URI.create("http://127.0.0.1:" + stage.serverPort() + "/hooks/dataverse/contacts"))
                        .measure();
            }
        }
        System.out.println("webhook: " + (good ? "passed" : "FAILED"));
        System.exit(good ? 0 : 1);
    }

    private boolean measure() throws InterruptedException, ExecutionException {
        System.out.printf(
                Locale.ROOT,
                "%d connections, Java %s, %d processors%n%n| calls | number | p50 ms | p95 ms | p99 ms | longest ms |%n"
                        + "|---|---:|---:|---:|---:|---:|%n",
                CONNECTIONS,
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors());
        row("the first", new double[] {call()});
        row("right after it", calls(1, RIGHT_AFTER_THE_START));
        var later = calls(CONNECTIONS, CALLS);
        row("later", later);
        return percentile(later, 0.99) <= MOST_MILLIS;
    }

    private double[] calls(int connections, int number) throws InterruptedException, ExecutionException {
        var threads = Executors.newFixedThreadPool(connections);
        try {
            var millis = new double[number];
            var tasks = new ArrayList<java.util.concurrent.Callable<Void>>();
            for (int connection = 0; connection < connections; connection++) {
                int first = connection;
                tasks.add(() -> {
                    for (int i = first; i < number; i += connections) {
                        millis[i] = call();
                    }
                    return null;
                });
            }
            for (var done : threads.invokeAll(tasks)) {
                done.get();
            }
            return millis;
        } finally {
            threads.shutdown();
        }
    }

    /** Milliseconds until the answer is there. */
    private double call() {
        var body = CHANGE.formatted(UUID.randomUUID(), UUID.randomUUID());
        var request = HttpRequest.newBuilder(hook)
                .header("Content-Type", "application/json")
                .header("x-usher-secret", SECRET)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        long begun = System.nanoTime();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 202) {
                throw new IllegalStateException("was answered " + answer.statusCode() + ": " + answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
        return (System.nanoTime() - begun) / 1e6;
    }

    private static void row(String name, double[] millis) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %.1f | %.1f | %.1f | %.1f |%n",
                name,
                millis.length,
                percentile(millis, 0.5),
                percentile(millis, 0.95),
                percentile(millis, 0.99),
                percentile(millis, 1));
    }

    private static double percentile(double[] millis, double share) {
        var sorted = millis.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
