package dev.usher.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long the jar takes from the start of the process to "Started": as it is, taken apart, and as {@code deploy/install}
 * leaves it, with an archive of its classes; on Java 17 and 25 where {@code JAVA17_HOME} and {@code JAVA25_HOME} say where they are.
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
        var root = Path.of("").toAbsolutePath();
        var jar = root.resolve("target/usher.jar").toString();
        var home = stage.home("start" + version);
        var plain = root.resolve("deploy/jvm.options");
        row(answer, stage, home, version, "java -jar usher.jar", List.of(java, "@" + plain), jar);
        var program = home.resolve("program");
        command(
                home,
                List.of(
                        "env",
                        "JAVA_HOME=" + Path.of(java).getParent().getParent(),
                        root.resolve("deploy/install").toString(),
                        jar,
                        program.toString()));
        var taken = program.resolve("usher.jar").toString();
        row(answer, stage, home, version, "taken apart", List.of(java, "@" + plain), taken);
        var options = program.resolve("start.options");
        row(answer, stage, home, version, "deploy/install, with its archive", List.of(java, "@" + options), taken);
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
        var command = new ArrayList<>(java);
        command.addAll(List.of("-jar", jar));
        command.addAll(stage.usherArguments());
        var program = Program.start("start", home, command);
        return new Started(program, program.awaitLine("Started UsherApplication", PATIENCE));
    }

    private static void command(Path folder, List<String> command) {
        try (var program = Program.start("install", folder, command)) {
            program.awaitEnd(PATIENCE);
            if (program.exitCode() != 0) {
                throw new IllegalStateException("deploy/install failed:\n" + program.log());
            }
        }
    }
}
