package dev.usher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.scenario.Product;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS ends at Usher, with a certificate that it signed itself for another name than the one by which it is called. */
class TlsTest {

    private static final String PASSWORD = "of-the-key-store";

    @TempDir
    static Path folder;

    private static Product product;
    private static Path own;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() throws Exception {
        own = keyStore("own");
        var settings = new HashMap<>(settings(own));
        settings.put("management.server.ssl.enabled", "false");
        product = Product.start("tls", settings);
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @AfterEach
    void forgetTheConfiguration() {
        settings(own).keySet().forEach(System::clearProperty);
        List.of("server.port", "usher.data").forEach(System::clearProperty);
    }

    private static Map<String, String> settings(Path keyStore) {
        return Map.of("server.ssl.key-store", keyStore.toString(), "server.ssl.key-store-password", PASSWORD);
    }

    private static Path keyStore(String name) throws Exception {
        var file = folder.resolve(name + ".p12");
        var made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=usher.test",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(made.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(made.exitValue()).isZero();
        return file;
    }

    /** As a command finds the configuration: in the folder, or in the environment. */
    private int run(Map<String, String> configuration, String... arguments) {
        configuration.forEach(System::setProperty);
        System.setProperty("server.port", product.settings().getRequiredProperty("local.server.port"));
        System.setProperty("usher.data", product.settings().getRequiredProperty("usher.data"));
        return UsherCommand.line()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void aCommandFindsTheUsherOfItsFolderAndTrustsItsCertificate() {
        assertThat(run(settings(own), "replay")).as(err.toString()).isZero();

        assertThat(out.toString()).contains("No dead letter is open.");
    }

    @Test
    void anotherCertificateIsNotTrusted() throws Exception {
        assertThat(run(settings(keyStore("other")), "replay")).isEqualTo(ExitCode.UNREACHABLE);

        assertThat(err.toString()).contains("is not trusted", "javax.net.ssl.trustStore");
    }

    @Test
    void aManagementPortWithoutTlsSendsPeopleToTheSecuredConsole() throws IOException {
        var call = (HttpURLConnection)
                product.management().resolve("/actuator/hawtio").toURL().openConnection();
        call.setInstanceFollowRedirects(false);
        call.setRequestProperty("Accept", "text/html");

        assertThat(call.getHeaderField("Location"))
                .isEqualTo("https://127.0.0.1:" + product.settings().getRequiredProperty("local.server.port")
                        + "/sign-in");
    }
}
