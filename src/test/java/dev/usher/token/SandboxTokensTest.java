package dev.usher.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.sandbox.Sandbox;
import dev.usher.sandbox.SandboxPorts;
import dev.usher.sandbox.entra.EntraTenant;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against a token endpoint that verifies what it is sent. */
class SandboxTokensTest {

    private static Sandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxPorts.random());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void aClientSecretIsAccepted() throws Exception {
        assertThat(SandboxTokens.of(sandbox, Clock.systemUTC()).bearer("graph")).isNotBlank();
    }

    @Test
    void anAssertionSignedByAPemPairIsAccepted() throws Exception {
        var registration = registration(null, file(EntraTenant.CERTIFICATE), file(EntraTenant.PRIVATE_KEY), null);

        assertThat(SandboxTokens.of(registration, Clock.systemUTC()).bearer("graph"))
                .isNotBlank();
    }

    @Test
    void anAssertionSignedByAPfxIsAccepted() throws Exception {
        var registration = registration(null, file(EntraTenant.PFX), null, "sandbox");

        assertThat(SandboxTokens.of(registration, Clock.systemUTC()).bearer("graph"))
                .isNotBlank();
    }

    @Test
    void aWrongSecretIsRefused() throws Exception {
        var tokens = SandboxTokens.of(registration("wrong", null, null, null), Clock.systemUTC());

        assertThatThrownBy(() -> tokens.bearer("graph"))
                .isInstanceOfSatisfying(
                        HttpOperationFailedException.class,
                        e -> assertThat(e.getStatusCode()).isEqualTo(401));
    }

    private static Registration registration(
            @Nullable String secret, @Nullable String file, @Nullable String keyFile, @Nullable String password) {
        return new Registration(
                sandbox.properties().get("usher.entra.authority"),
                EntraTenant.CLIENT_ID,
                secret,
                file,
                keyFile,
                null,
                password,
                "https://graph.microsoft.com/.default");
    }

    private static String file(String resource) throws Exception {
        return Path.of(SandboxTokensTest.class.getResource(resource).toURI()).toString();
    }
}
