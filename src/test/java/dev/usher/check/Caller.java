package dev.usher.check;

import dev.usher.command.UsherCommand;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process that calls commands in the folder it was started in, one after the other: most of the time of a command is spent
 * on loading classes, and the folder of a process cannot be changed. What a command prints goes to files.
 */
final class Caller implements AutoCloseable {

    private static final String SEPARATOR = "\t";
    private static final long LONGEST = 120;

    private final Process process;
    private final PrintStream orders;
    private final BufferedReader answers;

    Caller(Path folder, Path log) {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                Caller.class.getName());
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(part -> Path.of(part).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Calls a command and waits for it. @return what the program would exit with */
    int call(Path output, Path errors, List<String> arguments) {
        orders.println(output + SEPARATOR + errors + SEPARATOR + String.join(SEPARATOR, arguments));
        return CompletableFuture.supplyAsync(this::answer)
                .orTimeout(LONGEST, TimeUnit.SECONDS)
                .join();
    }

    private int answer() {
        try {
            return Integer.parseInt(answers.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** What the process does. */
    public static void main(String[] none) throws IOException {
        var answers = System.out;
        try (var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (var order = orders.readLine(); order != null; order = orders.readLine()) {
                var parts = List.of(order.split(SEPARATOR, -1));
                answers.println(run(Path.of(parts.get(0)), Path.of(parts.get(1)), parts.subList(2, parts.size())));
                answers.flush();
            }
        }
        System.exit(0);
    }

    private static int run(Path output, Path errors, List<String> arguments) throws IOException {
        try (var out = new PrintStream(Files.newOutputStream(output), true, StandardCharsets.UTF_8);
                var err = new PrintStream(Files.newOutputStream(errors), true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            System.setErr(err);
            return UsherCommand.run(arguments.toArray(String[]::new));
        }
    }
}
