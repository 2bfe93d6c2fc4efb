package dev.usher.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordingFile;

/**
 * What Usher does to its own database and to its disk for one sign-up, in a run of its own, because counting costs time:
 * H2 keeps statistics of its statements (and lets a second process ask for them), the virtual machine records every time
 * a file is forced to the disk.
 */
final class Counts {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String DATABASE = ";WRITE_DELAY=0;AUTO_SERVER=TRUE";
    private static final int SHOWN = 24;

    private Counts() {}

    static String measure(Stage stage, int size) {
        var home = stage.home("counts");
        var settings = new java.util.ArrayList<>(Benchmark.UNLIMITED);
        settings.add("--spring.datasource.url=jdbc:h2:file:./data/usher" + DATABASE);
        try (var usher = stage.usher(home, List.of(), settings)) {
            usher.awaitLine("Started", PATIENCE);
            var control = stage.control();
            Arrivals.await(control, Burst.of(control, 200, "early"), 0, PATIENCE);
            Waits.sleep(Duration.ofSeconds(5));
            var url = "jdbc:h2:file:" + home.resolve("data/usher") + DATABASE;
            try (var database = DriverManager.getConnection(url, "usher", "");
                    var statement = database.createStatement()) {
                statement.execute("set query_statistics_max_entries 1000");
                statement.execute("set query_statistics true");
                usher.jcmd("JFR.start", "name=syncs", "settings=" + settings(home));
                List.of("stripe", "mailchimp").forEach(system -> control.delete("/systems/" + system + "/calls"));
                Arrivals.await(control, Burst.of(control, size, "counted"), 200, PATIENCE);
                Waits.sleep(Duration.ofSeconds(4));
                var recording = home.resolve("syncs.jfr");
                usher.jcmd("JFR.stop", "name=syncs", "filename=" + recording);
                var answer = new StringBuilder();
                append(answer, "forced to the disk", syncs(recording), size);
                var statements = new TreeMap<String, Integer>();
                try (var rows = statement.executeQuery(
                        "select sql_statement, execution_count from information_schema.query_statistics")) {
                    while (rows.next()) {
                        statements.merge(brief(rows.getString(1)), rows.getInt(2), Integer::sum);
                    }
                }
                append(answer, "statement", statements, size);
                return answer.toString();
            }
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String brief(String sql) {
        var line = sql.replaceAll("\\s+", " ").strip();
        return line.length() > 100 ? line.substring(0, 100) + "…" : line;
    }

    private static Path settings(Path home) {
        var file = home.resolve("syncs.jfc");
        try {
            return Files.writeString(file, """
                    <?xml version="1.0" encoding="UTF-8"?>
                    <configuration version="2.0">
                      <event name="jdk.FileForce">
                        <setting name="enabled">true</setting>
                        <setting name="threshold">0 ms</setting>
                        <setting name="stackTrace">false</setting>
                      </event>
                    </configuration>
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Integer> syncs(Path recording) throws IOException {
        var syncs = new TreeMap<String, Integer>();
        try (var file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                var event = file.readEvent();
                if (event.getEventType().getName().equals("jdk.FileForce")) {
                    var path = event.getString("path");
                    syncs.merge(path.contains("artemis") ? "journal of the queues" : "database", 1, Integer::sum);
                }
            }
        }
        return syncs;
    }

    private static void append(StringBuilder answer, String what, Map<String, Integer> counts, int size) {
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        answer.append(String.format(Locale.ROOT, "%n| %s | for each of %,d sign-ups |%n|---|---:|%n", what, size));
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(SHOWN)
                .forEach(count -> answer.append(String.format(
                        Locale.ROOT,
                        "| `%s` | %.2f |%n",
                        count.getKey().replace("|", "\\|"),
                        count.getValue() / (double) size)));
        answer.append(String.format(Locale.ROOT, "| all | %.2f |%n", all / (double) size));
    }
}
