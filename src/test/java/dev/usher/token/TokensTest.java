package dev.usher.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.usher.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TokensTest {

    private static final String SECRET = "s3cret-value";
    private static final String SCOPE = "https://graph.microsoft.com/.default";

    @TempDir
    static Path folder;

    private final TestClock clock = new TestClock();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private String authority;
    private volatile int status = 200;
    private volatile String body = "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"abc\"}";

    @BeforeAll
    static void makeCertificates() throws Exception {
        keytool("RSA", "both.pfx", "sandbox");
        keytool("RSA", "plain.p12", "sandbox");
        keytool("EC", "elliptic.pfx", "sandbox");
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(folder.resolve("both.pfx"))) {
            store.load(in, "sandbox".toCharArray());
        }
        var certificate = pem("CERTIFICATE", store.getCertificate("usher").getEncoded());
        var key = pem(
                "PRIVATE KEY", store.getKey("usher", "sandbox".toCharArray()).getEncoded());
        Files.writeString(folder.resolve("certificate.pem"), certificate);
        Files.writeString(folder.resolve("key.pem"), key);
        Files.writeString(folder.resolve("both.pem"), key + certificate);
        Files.writeString(folder.resolve("broken.pem"), certificate.substring(0, 200));
    }

    @BeforeEach
    void startEndpoint() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        authority = "http://127.0.0.1:" + server.getAddress().getPort() + "/tenant-1";
    }

    @AfterEach
    void stopEndpoint() {
        server.stop(0);
    }

    @Test
    void aClientSecretGetsATokenFromThePlainLoopbackAuthority() throws Exception {
        var tokens = tokens(registration(SECRET, null, null, null, null));

        assertThat(tokens.bearer("graph")).isEqualTo("abc");

        assertThat(requests).hasSize(1);
        assertThat(requests.get(0))
                .startsWith("POST /tenant-1/oauth2/v2.0/token ")
                .contains("client_secret=" + SECRET, "grant_type=client_credentials", "client_id=app-1");
    }

    @Test
    void manyUsesCostOneCallOfTheTokenEndpoint() throws Exception {
        var tokens = tokens(registration(SECRET, null, null, null, null));

        for (var i = 0; i < 100; i++) {
            tokens.bearer("graph");
        }

        assertThat(requests).hasSize(1);
    }

    @Test
    void aTokenThatWasAnswered401IsReplacedOnce() throws Exception {
        var tokens = tokens(registration(SECRET, null, null, null, null));
        var failed = tokens.bearer("graph");
        body = body.replace("abc", "def");

        tokens.drop("graph", "Bearer " + failed);
        tokens.bearer("graph");
        tokens.drop("graph", failed);

        assertThat(tokens.bearer("graph")).isEqualTo("def");
        assertThat(requests).hasSize(2);
    }

    static Stream<Arguments> certificates() {
        return Stream.of(
                Arguments.of("certificate.pem", "key.pem", null),
                Arguments.of("both.pem", null, null),
                Arguments.of("both.pfx", null, "sandbox"),
                Arguments.of("plain.p12", null, "sandbox"));
    }

    @ParameterizedTest
    @MethodSource("certificates")
    void aCertificateFileSignsTheAssertion(String file, @Nullable String key, @Nullable String password)
            throws Exception {
        var keyFile = key == null ? null : folder.resolve(key).toString();
        var tokens = tokens(registration(null, folder.resolve(file).toString(), keyFile, null, password));

        assertThat(tokens.bearer("graph")).isEqualTo("abc");

        assertThat(requests.get(0)).contains("client_assertion=").doesNotContain("client_secret");
    }

    @Test
    void aSecretComesFromAVaultThroughThePropertyFunction() throws Exception {
        var tokens = tokens(registration("{{vault:usher-secret}}", null, null, null, null));

        tokens.bearer("graph");

        assertThat(requests.get(0)).contains("client_secret=value-of-usher-secret");
    }

    @Test
    void aCertificateComesFromAVaultAsPemOrAsPfx() throws Exception {
        var pem = tokens(registration(null, null, null, "{{vault:pem}}", null));
        var pfx = tokens(registration(null, null, null, "{{vault:pfx}}", "sandbox"));

        assertThat(pem.bearer("graph")).isEqualTo("abc");
        assertThat(pfx.bearer("graph")).isEqualTo("abc");

        assertThat(requests).allMatch(request -> request.contains("client_assertion="));
    }

    @Test
    void aRefusalShowsItsStatusAndRetryAfterAndNoBody() {
        status = 429;
        body = "{\"error\":\"temporarily_unavailable\",\"error_description\":\"AADSTS90055: ada@example.com\"}";
        var tokens = tokens(registration(SECRET, null, null, null, null));

        assertThatThrownBy(() -> tokens.bearer("graph"))
                .isInstanceOfSatisfying(HttpOperationFailedException.class, e -> {
                    assertThat(e.getStatusCode()).isEqualTo(429);
                    assertThat(e.getResponseHeaders()).containsEntry("Retry-After", "7");
                    assertThat(e.getResponseBody()).isNull();
                })
                .hasMessageNotContaining("ada");
        assertThat(requests).hasSize(1);
    }

    @Test
    void aRefusedCredentialIsShownAs401SoThatNoMessageIsParkedForIt() {
        status = 400;
        body = "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Invalid client secret.\"}";
        var tokens = tokens(registration(SECRET, null, null, null, null));

        assertThatThrownBy(() -> tokens.bearer("graph"))
                .isInstanceOfSatisfying(HttpOperationFailedException.class, e -> {
                    assertThat(e.getStatusCode()).isEqualTo(401);
                    assertThat(e.getStatusText()).isEqualTo("invalid_client AADSTS7000215");
                });
    }

    @Test
    void aServerErrorIsNotRepeatedHere() {
        status = 503;
        body = "<html>";
        var tokens = tokens(registration(SECRET, null, null, null, null));

        assertThatThrownBy(() -> tokens.bearer("graph"))
                .isInstanceOfSatisfying(
                        HttpOperationFailedException.class,
                        e -> assertThat(e.getStatusCode()).isEqualTo(503));
        assertThat(requests).hasSize(1);
    }

    @Test
    void anUnreadableAnswerAndADeadEndpointAreInputOutputErrors() {
        body = "{\"token_type\":";
        var tokens = tokens(registration(SECRET, null, null, null, null));

        assertThatThrownBy(() -> tokens.bearer("graph")).isInstanceOf(IOException.class);
        server.stop(0);
        assertThatThrownBy(() -> tokens.bearer("graph"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("was not reached");
    }

    static Stream<Arguments> mistakes() {
        var good = "https://login.microsoftonline.com/tenant-1";
        return Stream.of(
                Arguments.of(mistake(null, "app", SECRET, null), "usher.tokens.graph.authority is not set"),
                Arguments.of(mistake("login/x", "app", SECRET, null), "it must be https://<host>/<tenant>"),
                Arguments.of(mistake("http://login.microsoftonline.com/t", "app", SECRET, null), "use https"),
                Arguments.of(mistake("https://x.ciamlogin.com", "app", SECRET, null), "https://<host>/<tenant>"),
                Arguments.of(mistake(good, " ", SECRET, null), "usher.tokens.graph.client-id is not set"),
                Arguments.of(mistake(good, "app", null, null), "none is set; set exactly one of them"),
                Arguments.of(mistake(good, "app", SECRET, "both.pem"), "2 are set"),
                Arguments.of(mistake(good, "app", null, "absent.pem"), "check path and permissions"),
                Arguments.of(mistake(good, "app", null, "broken.pem"), "certificate-file is not usable"),
                Arguments.of(mistake(good, "app", null, "both.pfx"), "check certificate-password"),
                Arguments.of(mistake(good, "app", null, "elliptic.pfx"), "check certificate-password"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeNamesTheKeyAndTheMendAndNeverTheSecret(Registration registration, String expected) {
        var resolved = registration.certificateFile() == null
                ? registration
                : new Registration(
                        registration.authority(),
                        registration.clientId(),
                        registration.clientSecret(),
                        folder.resolve(registration.certificateFile()).toString(),
                        null,
                        null,
                        null,
                        SCOPE);

        assertThatThrownBy(() -> tokens(resolved))
                .hasMessageContaining(expected)
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void anEllipticKeyIsRefusedAtTheStart() {
        var registration = registration(null, folder.resolve("elliptic.pfx").toString(), null, null, "sandbox");

        assertThatThrownBy(() -> tokens(registration)).hasMessageContaining("Entra takes RSA keys only");
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertThatThrownBy(() -> tokens(new Registration(null, null, null, null, "key.pem", null, null, SCOPE)))
                .hasMessageContaining("usher.tokens.graph.authority")
                .hasMessageContaining("usher.tokens.graph.client-id")
                .hasMessageContaining("usher.tokens.graph.client-secret");
    }

    @Test
    void aRegistrationShowsNoSecret() {
        var registration = new Registration("https://a/b", "app", SECRET, null, null, SECRET, SECRET, SCOPE);

        assertThat(registration.toString()).doesNotContain(SECRET).contains("clientSecret=set");
    }

    private static Registration mistake(
            @Nullable String authority, String clientId, @Nullable String secret, @Nullable String file) {
        return new Registration(authority, clientId, secret, file, null, null, null, SCOPE);
    }

    private Registration registration(
            @Nullable String secret,
            @Nullable String file,
            @Nullable String keyFile,
            @Nullable String inline,
            @Nullable String password) {
        return new Registration(authority, "app-1", secret, file, keyFile, inline, password, SCOPE);
    }

    private Tokens tokens(Registration registration) {
        var camel = new DefaultCamelContext();
        camel.getPropertiesComponent().addPropertiesFunction(new Vault());
        camel.build();
        var tokens = new Tokens(new TokenSettings(Map.of("graph", registration)), new SalesforceLogins(null), clock);
        tokens.beforeApplicationStart(camel);
        return tokens;
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("retry-after", "7");
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void keytool(String algorithm, String file, String password) throws Exception {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "usher",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=usher",
                "-validity",
                "36500",
                "-storetype",
                "PKCS12",
                "-keystore",
                folder.resolve(file).toString(),
                "-storepass",
                password);
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private static String pem(String kind, byte[] content) {
        var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
    }

    /** Stands in for Key Vault: the same property function of Camel, under another name. */
    private static final class Vault implements PropertiesFunction {

        @Override
        public String getName() {
            return "vault";
        }

        @Override
        public String apply(String remainder) {
            try {
                return switch (remainder) {
                    case "pem" -> Files.readString(folder.resolve("both.pem"));
                    case "pfx" -> Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("both.pfx")));
                    default -> "value-of-" + remainder;
                };
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
