package dev.usher.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long the jar takes from the start of the process to "Started", as it is and extracted, with and without an archive
 * of its classes, on Java 17 and 25 where {@code JAVA17_HOME} and {@code JAVA25_HOME} say where they are.
 */
final class StartUp {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int TIMES = 3;

    private StartUp() {}

    static String measure(Stage stage) {
        var answer = new StringBuilder("\n| Java | form | s to \"Started\" | RSS MB then |\n|---|---|---:|---:|\n");
        for (int version : List.of(17, 25)) {
            if (version == 17 || System.getenv("JAVA" + version + "_HOME") != null) {
                measure(stage, version, answer);
            }
        }
        return answer.toString();
    }

    private static void measure(Stage stage, int version, StringBuilder answer) {
        var java = Stage.java(version);
        var jar = Path.of("target/usher.jar").toAbsolutePath().toString();
        var home = stage.home("start" + version);
        row(answer, stage, home, version, "java -jar usher.jar", List.of(java), jar);
        command(home, List.of(java, "-Djarmode=tools", "-jar", jar, "extract", "--destination", "extracted"));
        var extracted = home.resolve("extracted/usher.jar").toString();
        row(answer, stage, home, version, "extracted", List.of(java), extracted);
        var training =
                version == 17 ? List.of("-XX:ArchiveClassesAtExit=usher.jsa") : List.of("-XX:AOTCacheOutput=usher.aot");
        start(stage, home, with(List.of(java), training), extracted).close();
        var archive = version == 17 ? List.of("-XX:SharedArchiveFile=usher.jsa") : List.of("-XX:AOTCache=usher.aot");
        if (Files.exists(home.resolve(version == 17 ? "usher.jsa" : "usher.aot"))) {
            var form = version == 17 ? "extracted, class archive" : "extracted, AOT cache";
            row(answer, stage, home, version, form, with(List.of(java), archive), extracted);
        }
    }

    private static void row(
            StringBuilder answer, Stage stage, Path home, int version, String form, List<String> java, String jar) {
        var times = new ArrayList<Duration>();
        long rss = 0;
        for (int i = 0; i < TIMES; i++) {
            var started = start(stage, home, java, jar);
            times.add(started.after());
            rss = started.program().megabytes("VmRSS");
            started.close();
        }
        var middle = times.stream().sorted().toList().get(TIMES / 2);
        answer.append(String.format(
                Locale.ROOT, "| %d | %s | %.1f | %d |%n", version, form, middle.toMillis() / 1_000.0, rss));
    }

    private record Started(Program program, Duration after) implements AutoCloseable {
        @Override
        public void close() {
            program.close();
        }
    }

    private static Started start(Stage stage, Path home, List<String> java, String jar) {
        var command = new ArrayList<>(
                List.of(java.get(0), "@" + Path.of("deploy/jvm.options").toAbsolutePath()));
        command.addAll(java.subList(1, java.size()));
        command.addAll(List.of("-jar", jar));
        command.addAll(stage.usherArguments());
        var program = Program.start("start", home, command);
        return new Started(program, program.awaitLine("Started UsherApplication", PATIENCE));
    }

    private static List<String> with(List<String> some, List<String> more) {
        var all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private static void command(Path folder, List<String> command) {
        try (var program = Program.start("extract", folder, command)) {
            Waits.until(PATIENCE, () -> !program.isAlive());
        }
    }
}
