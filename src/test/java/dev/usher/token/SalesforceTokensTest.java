package dev.usher.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.TestClock;
import dev.usher.sandbox.Sandbox;
import dev.usher.sandbox.SandboxPorts;
import dev.usher.sandbox.entra.EntraTenant;
import dev.usher.sandbox.salesforce.Org;
import dev.usher.sandbox.server.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Against a token endpoint that verifies what it is sent. */
class SalesforceTokensTest {

    private static final String NAME = "salesforce";
    private static final String GOOD = "https://acme.my.salesforce.com/services/oauth2/token";
    private static Sandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxPorts.random());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void reset() {
        sandbox.reset();
    }

    @Test
    void aClientSecretIsAccepted() throws Exception {
        assertThat(tokens(bySecret(Org.CLIENT_SECRET), Clock.systemUTC()).bearer(NAME))
                .startsWith("00D");
    }

    @Test
    void anAssertionSignedByThePrivateKeyIsAccepted() throws Exception {
        assertThat(tokens(byKey(Org.USER), Clock.systemUTC()).bearer(NAME)).startsWith("00D");
    }

    @Test
    void aUserWhomTheAppIsNotApprovedForIsShownAs401() {
        assertThatThrownBy(() ->
                        tokens(byKey("nobody@example.org"), Clock.systemUTC()).bearer(NAME))
                .isInstanceOfSatisfying(HttpOperationFailedException.class, e -> {
                    assertThat(e.getStatusCode()).isEqualTo(401);
                    assertThat(e.getStatusText()).isEqualTo("invalid_grant");
                });
    }

    @Test
    void aWrongSecretIsShownAs401AndNeverQuoted() {
        assertThatThrownBy(() -> tokens(bySecret("wr0ng"), Clock.systemUTC()).bearer(NAME))
                .isInstanceOfSatisfying(
                        HttpOperationFailedException.class,
                        e -> assertThat(e.getStatusCode()).isEqualTo(401))
                .hasMessageNotContaining("wr0ng");
    }

    @Test
    void manyAtOnceCostOneCall() throws Exception {
        var tokens = tokens(bySecret(Org.CLIENT_SECRET), Clock.systemUTC());
        Callable<String> use = () -> tokens.bearer(NAME);
        var threads = Executors.newFixedThreadPool(32);
        try {
            for (var used :
                    threads.invokeAll(IntStream.range(0, 200).mapToObj(i -> use).toList())) {
                assertThat(used.get()).startsWith("00D");
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(sandbox.system(NAME).calls()).hasSize(1);
    }

    @Test
    void aTokenIsUsedForItsLifetimeAndReplacedAsSoonAsItIsRefused() throws Exception {
        var clock = new TestClock();
        var tokens = tokens(bySecret(Org.CLIENT_SECRET), clock);
        var first = tokens.bearer(NAME);

        tokens.drop(NAME, "Bearer " + first);
        var second = tokens.bearer(NAME);
        clock.advance(Duration.ofMinutes(54));
        var third = tokens.bearer(NAME);
        clock.advance(Duration.ofMinutes(7));
        var fourth = tokens.bearer(NAME);

        assertThat(second).isNotEqualTo(first);
        assertThat(third).isEqualTo(second);
        assertThat(fourth).isNotEqualTo(second);
        assertThat(sandbox.system(NAME).calls()).hasSize(3);
    }

    @Test
    void aDeadEndpointIsAnInputOutputError() {
        var tokens = tokens(
                login(url().replace(String.valueOf(sandbox.port(NAME)), "1"), "app", "secret", null, null),
                Clock.systemUTC());

        assertThatThrownBy(() -> tokens.bearer(NAME))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("was not reached");
    }

    @Test
    void anUnreadableAnswerIsAnInputOutputError() {
        sandbox.system(NAME)
                .faults()
                .replace(List.of(new Fault(null, null, Duration.ZERO, null, true, 1.0, null, null)));
        var tokens = tokens(bySecret(Org.CLIENT_SECRET), Clock.systemUTC());

        assertThatThrownBy(() -> tokens.bearer(NAME))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gave an answer that is no token");
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(login(null, "app", "s3cret", null, null), "usher.tokens.salesforce.token-url is not set"),
                Arguments.of(
                        login("http://acme.my.salesforce.com/services/oauth2/token", "app", "s3cret", null, null),
                        "plain http is for a loopback address only"),
                Arguments.of(
                        login("https://acme.my.salesforce.com", "app", "s3cret", null, null),
                        "it must be https://<My Domain>"),
                Arguments.of(login("/services/oauth2/token", "app", "s3cret", null, null), "it must be https://"),
                Arguments.of(login(GOOD, " ", "s3cret", null, null), "usher.tokens.salesforce.client-id is not set"),
                Arguments.of(login(GOOD, "app", null, null, null), "neither is set; set exactly one of them"),
                Arguments.of(login(GOOD, "app", "s3cret", "key.pem", "u"), "both are set; set exactly one of them"),
                Arguments.of(login(GOOD, "app", null, "absent.pem", "u"), "check path and permissions"),
                Arguments.of(login(GOOD, "app", null, "pom.xml", "u"), "private-key-file is not usable"),
                Arguments.of(login(GOOD, "app", null, "pom.xml", null), "username is not set"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeNamesTheKeyAndTheMendAndNeverTheSecret(SalesforceLogin login, String expected) {
        assertThatThrownBy(() -> tokens(login, Clock.systemUTC()))
                .hasMessageContaining(expected)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void anUnknownKindIsAMistake() {
        var login = new SalesforceLogin("okta", true, null, null, null, null, null, "", Duration.ofHours(1));

        assertThatThrownBy(() -> tokens(login, Clock.systemUTC()))
                .hasMessageContaining("usher.tokens.salesforce.kind is 'okta': it must be entra or salesforce");
    }

    @Test
    void whatIsSwitchedOffNeedsNoValues() {
        tokens(
                new SalesforceLogin("salesforce", false, null, null, null, null, null, "", Duration.ofHours(1)),
                Clock.systemUTC());
    }

    private static SalesforceLogin bySecret(String secret) {
        return login(url(), Org.CLIENT_ID, secret, null, null);
    }

    private static SalesforceLogin byKey(String user) throws Exception {
        var key = Path.of(
                SalesforceTokensTest.class.getResource(EntraTenant.PRIVATE_KEY).toURI());
        return login(url(), Org.CLIENT_ID, null, key.toString(), user);
    }

    private static String url() {
        return "http://127.0.0.1:" + sandbox.port(NAME) + "/services/oauth2/token";
    }

    private static SalesforceLogin login(
            @Nullable String url, String id, @Nullable String secret, @Nullable String key, @Nullable String user) {
        return new SalesforceLogin(NAME, true, url, id, secret, key, user, Org.AUDIENCE, Duration.ofHours(1));
    }

    private static Tokens tokens(SalesforceLogin login, Clock clock) {
        var settings = new TokenSettings(Map.of(
                NAME,
                new Registration(null, null, null, null, null, null, null, "https://graph.microsoft.com/.default")));
        var tokens = new Tokens(settings, new SalesforceLogins(Map.of(NAME, login)), clock);
        tokens.beforeApplicationStart(new DefaultCamelContext());
        return tokens;
    }
}
