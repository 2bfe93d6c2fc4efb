package dev.usher.backing;

import dev.usher.benchmark.Program;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL and an Artemis with TLS, each on a port of its own, that can be started, ended and started again. */
final class Ground implements AutoCloseable {

    private static final String STORE_PASSWORD = "of-the-test-only";
    private static final Duration START = Duration.ofMinutes(1);

    private final Path folder;
    private final int databasePort = freePort();
    private final int brokerPort = freePort();
    private @Nullable EmbeddedPostgres database;
    private @Nullable Program broker;

    Ground(Path folder) {
        this.folder = folder.toAbsolutePath();
        try {
            Files.createDirectories(this.folder.resolve("broker"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        keytool("-genkeypair -alias broker -keyalg RSA -storetype PKCS12 -keystore broker.p12 -dname CN=localhost"
                + " -ext san=dns:localhost");
        keytool("-exportcert -rfc -alias broker -keystore broker.p12 -file broker.pem");
    }

    private void keytool(String arguments) {
        var command = new java.util.ArrayList<>(List.of(java("keytool"), "-storepass", STORE_PASSWORD));
        command.addAll(List.of(arguments.split(" ")));
        try (var keytool = Program.start("keytool", folder, command)) {
            keytool.awaitEnd(START);
        }
    }

    private static String java(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }

    /** What tells Usher to use both. */
    List<String> settings() {
        return List.of(
                "--spring.datasource.url=jdbc:postgresql://127.0.0.1:" + databasePort + "/postgres",
                "--spring.datasource.username=postgres",
                "--spring.artemis.mode=native",
                "--spring.artemis.broker-url=tcp://localhost:" + brokerPort
                        + "?sslEnabled=true&trustStoreType=PEM&trustStorePath=" + folder.resolve("broker.pem"),
                "--spring.artemis.user=" + BrokerAlone.USER,
                "--spring.artemis.password=" + BrokerAlone.PASSWORD);
    }

    void startDatabase() {
        try {
            database = EmbeddedPostgres.builder()
                    .setPort(databasePort)
                    .setDataDirectory(folder.resolve("database"))
                    .setCleanDataDirectory(false)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded PostgreSQL does not start", e);
        }
    }

    void endDatabase() {
        if (database != null) {
            try {
                database.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    void startBroker() {
        var tls = ";sslEnabled=true;keyStoreType=PKCS12;keyStorePassword=" + STORE_PASSWORD + ";keyStorePath="
                + folder.resolve("broker.p12");
        broker = Program.start(
                "broker",
                folder.resolve("broker"),
                List.of(
                        java("java"),
                        "-Xmx256m",
                        "-Dusher.broker.host=localhost",
                        "-Dusher.broker.port=" + brokerPort,
                        "-Dusher.broker.tls=" + tls,
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerAlone.class.getName(),
                        Path.of("deploy/artemis/broker.xml").toUri().toString()));
        broker.awaitLine(BrokerAlone.RUNS, START);
    }

    void killBroker() {
        if (broker != null) {
            broker.kill();
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        killBroker();
        endDatabase();
    }
}
