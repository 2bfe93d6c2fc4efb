package dev.usher.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/**
 * How long each page of the console and each call of the API takes with a million rows in the log, on H2 and on PostgreSQL.
 * Prints the table of docs/benchmarks.md. Every call asks for another person. The aim is 100 ms for the slowest of a hundred.
 */
final class Pages {

    private static final int PEOPLE = Integer.getInteger("people", 100_000);
    private static final int ROWS = Integer.getInteger("size", 1_000_000);
    private static final int WARM_UP = Integer.getInteger("warm-up", 100);
    private static final int CALLS = Integer.getInteger("calls", 300);
    private static final long AIM_MILLIS = 100;
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern PASSWORD = Pattern.compile("Sign in as (\\S+) with the password (\\S+)");
    private static final String JSON = "application/json";

    /** What is called. @param body null for a GET */
    private record Call(String name, IntFunction<String> path, IntFunction<String> body) {

        static Call get(String path) {
            return new Call("GET " + path.replace("%s", "{subject}"), i -> path.formatted(Population.subject(i)), null);
        }
    }

    private static final List<Call> ALL = List.of(
            Call.get("/"),
            Call.get("/people"),
            Call.get("/people/%s"),
            Call.get("/dead-letters"),
            Call.get("/dead-letters/list"),
            Call.get("/sources"),
            Call.get("/sources/reconciliations"),
            Call.get("/audit"),
            Call.get("/sandbox"),
            Call.get("/api/people/%s"),
            Call.get("/api/people/%s/timeline"),
            search("object id", Population::subject),
            search("cus_…", Population::customer),
            search("e-mail", i -> "nobody" + i + "@example.org"),
            Call.get("/api/flow"),
            Call.get("/api/sources"),
            Call.get("/api/dead-letters"),
            Call.get("/api/reconciliations"),
            Call.get("/api/mass-changes"),
            Call.get("/api/audit"));

    private static Call search(String by, IntFunction<String> text) {
        return new Call(
                "POST /api/people/search by " + by,
                i -> "/api/people/search",
                i -> "{\"query\": \"" + text.apply(i) + "\"}");
    }

    private final Random random = new Random(1);
    private final List<String> missed = new ArrayList<>();

    private Pages() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        Stage.requireJar();
        var pages = new Pages();
        try (var stage = new Stage(Path.of("target", "pages"))) {
            System.out.printf(
                    Locale.ROOT,
                    "%,d people, %,d rows in the log, %d calls each, Java %s, %d processors%n%n"
                            + "| database | call | p50 ms | p99 ms | slowest ms | status |%n|---|---|---:|---:|---:|---|%n",
                    PEOPLE,
                    ROWS,
                    CALLS,
                    System.getProperty("java.version"),
                    Runtime.getRuntime().availableProcessors());
            var databases = arguments.length == 0 ? List.of("h2", "postgresql") : List.of(arguments);
            if (databases.contains("h2")) {
                pages.onH2(stage);
            }
            if (databases.contains("postgresql")) {
                pages.onPostgres(stage);
            }
        }
        pages.missed.forEach(aim -> System.out.println("pages: missed: " + aim));
        System.out.println("pages: " + (pages.missed.isEmpty() ? "passed" : "FAILED"));
        System.exit(pages.missed.isEmpty() ? 0 : 1);
    }

    private void onH2(Stage stage) throws SQLException {
        var home = stage.home("h2");
        var h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:file:" + home.resolve("data/usher"));
        h2.setUser("usher");
        h2.setPassword("");
        fill("H2", h2);
        measure("H2", stage, home, List.of());
    }

    private void onPostgres(Stage stage) throws IOException, SQLException {
        try (var postgres = EmbeddedPostgres.start()) {
            var home = stage.home("postgres");
            fill("PostgreSQL", postgres.getPostgresDatabase());
            measure(
                    "PostgreSQL",
                    stage,
                    home,
                    List.of(
                            "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                            "--spring.datasource.username=postgres",
                            "--spring.datasource.password=postgres"));
        }
    }

    private static void fill(String database, DataSource dataSource) throws SQLException {
        long begun = System.nanoTime();
        new Population(PEOPLE, ROWS).fill(dataSource);
        System.err.printf(Locale.ROOT, "%s was filled in %.0f s%n", database, (System.nanoTime() - begun) / 1e9);
    }

    private void measure(String database, Stage stage, Path home, List<String> more) {
        var settings = new ArrayList<>(more);
        int port = Stage.freePort();
        settings.add("--server.port=" + port);
        try (var usher = stage.usher(home, List.of("-Xmx256m"), settings)) {
            usher.awaitLine("Started UsherApplication", START);
            Waits.sleep(Duration.ofSeconds(2));
            var caller = new Caller(URI.create("http://127.0.0.1:" + port), home, usher.log());
            for (var call : ALL) {
                measure(database, call, caller);
            }
        }
    }

    private void measure(String database, Call call, Caller caller) {
        var statuses = new TreeSet<Integer>();
        for (int i = 0; i < WARM_UP; i++) {
            caller.call(call, random.nextInt(PEOPLE));
        }
        var nanos = new long[CALLS];
        for (int i = 0; i < CALLS; i++) {
            int person = random.nextInt(PEOPLE);
            long begun = System.nanoTime();
            statuses.add(caller.call(call, person));
            nanos[i] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        double p99 = millis(nanos, 0.99);
        System.out.printf(
                Locale.ROOT,
                "| %s | `%s` | %.1f | %.1f | %.1f | %s |%n",
                database,
                call.name,
                millis(nanos, 0.5),
                p99,
                millis(nanos, 1),
                statuses.toString().replaceAll("[\\[\\]]", ""));
        if (p99 > AIM_MILLIS) {
            missed.add(database + ", " + call.name + ": p99 is " + p99 + " ms");
        }
        if (statuses.stream().anyMatch(status -> status != 200)) {
            missed.add(database + ", " + call.name + " is answered " + statuses);
        }
    }

    private static double millis(long[] sorted, double share) {
        return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))] / 1e6;
    }

    /** Somebody who is signed in, for pages, and has the key of the commands, for the API. */
    private static final class Caller {

        private final HttpClient http =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        private final URI usher;
        private final String key;

        Caller(URI usher, Path home, String log) {
            this.usher = usher;
            this.key = read(home.resolve("data/command.key"));
            var told = PASSWORD.matcher(log);
            if (told.find()) {
                signIn(told.group(1), told.group(2));
            }
        }

        private static String read(Path file) {
            try {
                return Files.exists(file) ? Files.readString(file).strip() : "";
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private void signIn(String name, String password) {
            send(HttpRequest.newBuilder(usher.resolve("/sign-in")).GET());
            var token = ((CookieManager) http.cookieHandler().orElseThrow())
                    .getCookieStore().getCookies().stream()
                            .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                            .map(java.net.HttpCookie::getValue)
                            .findFirst()
                            .orElse("");
            send(HttpRequest.newBuilder(usher.resolve("/sign-in"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("X-XSRF-TOKEN", token)
                    .header("Origin", usher.toString())
                    .POST(BodyPublishers.ofString("username=" + URLEncoder.encode(name, StandardCharsets.UTF_8)
                            + "&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8))));
        }

        /** @return the status */
        int call(Call call, int person) {
            var path = call.path.apply(person);
            var request = HttpRequest.newBuilder(usher.resolve(path));
            if (path.startsWith("/api/") && !key.isEmpty()) {
                request.header("Authorization", "Bearer " + key);
            }
            return send(
                    call.body == null
                            ? request.GET()
                            : request.header("Content-Type", JSON)
                                    .POST(BodyPublishers.ofString(call.body.apply(person))));
        }

        private int send(HttpRequest.Builder request) {
            try {
                return http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofByteArray())
                        .statusCode();
            } catch (IOException e) {
                throw new IllegalStateException("no answer from " + usher, e);
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
        }
    }
}
