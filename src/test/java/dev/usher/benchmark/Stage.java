package dev.usher.benchmark;

import dev.usher.sandbox.SandboxAlone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A sandbox in its own process on free ports, and the programs that are started against it, each in a folder of its own
 * with copies of {@code config/} and {@code routes/}. Run from the root of the project, after {@code mvn package}.
 */
public final class Stage implements AutoCloseable {

    private static final List<String> SYSTEMS =
            List.of("control", "entra", "stripe", "mailchimp", "salesforce", "dataverse", "sql", "mail");
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final Path JAR = ROOT.resolve("target/usher.jar");
    private static final Path INSTALLED = ROOT.resolve("target/installed");
    private static final Duration INSTALLATION = Duration.ofMinutes(5);

    private final Path folder;
    private Path jar = JAR;
    private Path options = ROOT.resolve("deploy/jvm.options");
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Program sandbox;
    private final Control control;
    private int serverPort;
    private int managementPort;

    /** @param folder emptied first, and left behind for whoever wants to read the logs */
    public Stage(Path folder) {
        this.folder = folder.toAbsolutePath();
        Folders.empty(this.folder);
        SYSTEMS.forEach(system -> ports.put(system, freePort()));
        var arguments = new ArrayList<>(List.of("-Xmx2g", "-XX:+UseParallelGC", "-cp", classpath()));
        ports.forEach((system, port) -> arguments.add("-Dsandbox.port." + system + "=" + port));
        arguments.add(SandboxAlone.class.getName());
        var file = Folders.write(this.folder.resolve("sandbox.args"), String.join("\n", arguments));
        sandbox = Program.start("sandbox", this.folder, List.of(java(17), "@" + file));
        sandbox.awaitLine("control    http", Duration.ofSeconds(60));
        control = new Control(URI.create("http://127.0.0.1:" + ports.get("control")));
    }

    public Control control() {
        return control;
    }

    public Program sandbox() {
        return sandbox;
    }

    int port(String system) {
        return ports.get(system);
    }

    /** Where the Usher that was started last takes webhooks. */
    int serverPort() {
        return serverPort;
    }

    /** Where the Usher that was started last answers its operator. */
    int managementPort() {
        return managementPort;
    }

    Path folder() {
        return folder;
    }

    /** Empties the sandbox and takes every limit away. */
    public void resetWithoutLimits() {
        control.post("/reset", List.of());
        SYSTEMS.stream()
                .filter(system -> !system.equals("control"))
                .forEach(system -> control.delete("/systems/" + system + "/limits"));
    }

    /** A folder for a program, with fresh copies of the configuration and the routes; what it stored before stays. */
    public Path home(String name) {
        var home = folder.resolve(name);
        Folders.copy(ROOT.resolve("config"), home.resolve("config"));
        Folders.copy(ROOT.resolve("routes"), home.resolve("routes"));
        return home;
    }

    /**
     * From now on {@link #usher} starts the program as {@code deploy/install} leaves it, with its archive of classes: a start
     * takes less than half the processor time of one of the jar.
     */
    public Stage installed() {
        var program = install();
        jar = program.resolve("usher.jar");
        options = program.resolve("start.options");
        return this;
    }

    /** Installs the packaged jar below {@code target/}, once for each jar that is packaged. @return the folder of the program */
    public static Path install() {
        requireJar();
        var options = INSTALLED.resolve("start.options");
        try (var file = FileChannel.open(
                        INSTALLED.resolveSibling("installed.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                var alone = file.lock()) { // tests run in several processes
            if (!Files.exists(options)
                    || Files.getLastModifiedTime(options).compareTo(Files.getLastModifiedTime(JAR)) < 0) {
                var install = List.of(
                        "env",
                        "JAVA_HOME=" + Path.of(java(17)).getParent().getParent(),
                        ROOT.resolve("deploy/install").toString(),
                        JAR.toString(),
                        INSTALLED.toString());
                try (var program = Program.start("install", ROOT.resolve("target"), install)) {
                    program.awaitEnd(INSTALLATION);
                    if (program.exitCode() != 0) {
                        throw new IllegalStateException("deploy/install failed:\n" + program.log());
                    }
                }
            }
            return INSTALLED;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the packaged jar in a folder made by {@link #home}, with the flags of {@code deploy/jvm.options}. A setting goes before what the sandbox needs. */
    public Program usher(Path home, List<String> flags, List<String> settings) {
        var command = new ArrayList<String>();
        command.add(java(17));
        command.add("@" + options);
        command.addAll(flags);
        command.addAll(List.of("-jar", jar.toString()));
        usherArguments().stream()
                .filter(argument ->
                        settings.stream().noneMatch(setting -> key(setting).equals(key(argument))))
                .forEach(command::add);
        command.addAll(settings);
        return Program.start("usher", home, command);
    }

    private static String key(String argument) {
        return argument.substring(0, argument.indexOf('='));
    }

    /** What the jar has to be told to meet this sandbox. Dataverse takes 20 calls a second, which would time everything else. */
    public List<String> usherArguments() {
        var arguments = new ArrayList<String>();
        arguments.add("--spring.profiles.active=sandbox");
        arguments.add("--usher.data=data");
        arguments.add("--usher.dataverse.enabled=false"); // what is measured is a sign-up, without a second source
        serverPort = freePort();
        arguments.add("--server.port=" + serverPort);
        managementPort = freePort();
        arguments.add("--management.server.port=" + managementPort);
        ports.forEach((system, port) -> arguments.add("--sandbox.port." + system + "=" + port));
        arguments.add("--sandbox.port.smtp=" + ports.get("mail"));
        arguments.add("--usher.destinations.dataverse.enabled=false");
        return arguments;
    }

    /** Starts a class of the test sources with the flags of {@code deploy/jvm.options}. */
    Program main(Class<?> main, Path home) {
        var command = new ArrayList<>(List.of(java(17), "@" + ROOT.resolve("deploy/jvm.options"), "-cp", classpath()));
        ports.forEach((system, port) -> command.add("-Dsandbox.port." + system + "=" + port));
        command.add(main.getName());
        return Program.start(main.getSimpleName(), home, command);
    }

    /** The {@code java} of a version: below {@code JAVA<version>_HOME} when that is set, else the one that runs this. */
    static String java(int version) {
        var home = System.getenv("JAVA" + version + "_HOME");
        return Path.of(home == null ? System.getProperty("java.home") : home, "bin", "java")
                .toString();
    }

    private static String classpath() {
        return System.getProperty("java.class.path");
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there is a jar to start. @throws IllegalStateException naming the command that makes one */
    public static void requireJar() {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException("there is no target/usher.jar: run mvn package first");
        }
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
