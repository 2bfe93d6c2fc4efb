package dev.usher.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A program in its own process, watched through its log and the kernel's books. Needs Linux' {@code /proc}. */
public final class Program implements AutoCloseable {

    private static final double TICKS_PER_SECOND = 100;

    private final String name;
    private final Process process;
    private final Path log;
    private final long begun = System.nanoTime();

    private Program(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts it in a folder; what it prints is appended to {@code <name>.log} there. */
    public static Program start(String name, Path folder, List<String> command) {
        try {
            var log = folder.resolve(name + ".log");
            Files.deleteIfExists(log);
            var builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("MALLOC_ARENA_MAX", "2"); // as in deploy/
            return new Program(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    /**
     * Waits until the log shows a text.
     *
     * @return the time from the start of the process to that line, within 5 ms
     * @throws IllegalStateException with the end of the log when the program ends or the patience does
     */
    public Duration awaitLine(String text, Duration patience) {
        while (!log().contains(text)) {
            if (!process.isAlive() || age().compareTo(patience) > 0) {
                throw new IllegalStateException(name + " did not say \"" + text + "\":\n" + end(log()));
            }
            Waits.sleep(Duration.ofMillis(5));
        }
        return age();
    }

    public String log() {
        return read(log);
    }

    private Duration age() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** User and system time used so far, in seconds. */
    public double cpuSeconds() {
        var stat = read(Path.of("/proc/" + pid() + "/stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** A figure of {@code /proc/<pid>/status} in MB: {@code VmRSS} now, {@code VmHWM} at most so far. */
    public long megabytes(String figure) {
        var matcher = Pattern.compile(figure + ":\\s+(\\d+) kB").matcher(read(Path.of("/proc/" + pid() + "/status")));
        return matcher.find() ? Long.parseLong(matcher.group(1)) / 1024 : -1;
    }

    /** Heap that live objects take, in MB; also under load, where a collection alone says little a moment later. */
    public long heapMegabytes() {
        var total = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)").matcher(jcmd("GC.class_histogram"));
        return total.find() ? Long.parseLong(total.group(1)) / 1024 / 1024 : -1;
    }

    /** Sends a diagnostic command to the virtual machine and gives its answer. */
    public String jcmd(String... arguments) {
        var tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var command = new java.util.ArrayList<>(List.of(tool, String.valueOf(pid())));
        command.addAll(List.of(arguments));
        try {
            var jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
            var answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            jcmd.waitFor();
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Ends it as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    /**
     * Asks it to end, as a supervisor does (SIGTERM), and waits until it has.
     *
     * @return how long that took
     * @throws IllegalStateException with the end of the log when it runs for longer than the patience; it is killed then
     */
    public Duration stop(Duration patience) {
        var asked = age();
        process.destroy();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
                throw new IllegalStateException(name + " did not end within " + patience + ":\n" + end(log()));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
        return age().minus(asked);
    }

    /** Waits until it has ended by itself. @throws IllegalStateException with the end of the log when it has not in time */
    public void awaitEnd(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(name + " still runs:\n" + end(log()));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** The exit code of a program that has ended: 143 after a stop that was asked for. */
    public int exitCode() {
        return process.exitValue();
    }

    /** Asks it to end, and kills it when it has not after half a minute. */
    @Override
    public void close() {
        process.destroy();
        await();
        process.destroyForcibly();
    }

    private void await() {
        try {
            process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String end(String log) {
        return log.length() > 4_000 ? log.substring(log.length() - 4_000) : log;
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
