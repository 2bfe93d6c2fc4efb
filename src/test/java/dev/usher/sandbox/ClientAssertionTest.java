package dev.usher.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.TestClock;
import dev.usher.sandbox.SandboxClient.Reply;
import dev.usher.sandbox.entra.EntraTenant;
import dev.usher.sandbox.server.Json;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAssertionTest {
    private final TestClock clock = new TestClock();
    private final Sandbox sandbox = Sandbox.start(SandboxPorts.random(), clock);
    private final SandboxClient client = new SandboxClient(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void anAssertionSignedWithTheCertificateGetsAToken() throws Exception {
        Reply reply = ask(claims());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().get("expires_in").intValue()).isEqualTo(3599);
    }

    @ParameterizedTest
    @CsvSource({"iss,somebody", "sub,somebody", "aud,https://elsewhere.test/x", "exp,1"})
    void aSpoiltClaimIsRefused(String claim, String value) throws Exception {
        ObjectNode claims = claims();
        if (claim.equals("exp")) {
            claims.put(claim, Long.parseLong(value));
        } else {
            claims.put(claim, value);
        }

        Reply reply = ask(claims);

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body().get("error_codes").get(0).intValue()).isEqualTo(700027);
    }

    @Test
    void aSpoiltSignatureIsRefused() throws Exception {
        String signed = signed(claims());

        Reply reply = send(signed.substring(0, signed.length() - 8) + "AAAAAAAA");

        assertThat(reply.status()).isEqualTo(401);
    }

    private ObjectNode claims() {
        long now = clock.instant().getEpochSecond();
        return Json.object()
                .put("aud", "https://127.0.0.1/" + EntraTenant.ID + "/oauth2/v2.0/token")
                .put("iss", EntraTenant.CLIENT_ID)
                .put("sub", EntraTenant.CLIENT_ID)
                .put("nbf", now)
                .put("exp", now + 600);
    }

    private Reply ask(ObjectNode claims) throws Exception {
        return send(signed(claims));
    }

    private Reply send(String assertion) {
        return client.token(SandboxClient.secretForm().replace("client_secret=" + EntraTenant.CLIENT_SECRET, "")
                + "&client_assertion_type="
                + SandboxClient.encoded("urn:ietf:params:oauth:client-assertion-type:jwt-bearer") + "&client_assertion="
                + assertion);
    }

    private static String signed(ObjectNode claims) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream pfx = ClientAssertionTest.class.getResourceAsStream(EntraTenant.PFX)) {
            store.load(pfx, "sandbox".toCharArray());
        }
        String alias = store.aliases().nextElement();
        Certificate certificate = store.getCertificate(alias);
        byte[] thumbprint = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        ObjectNode header = Json.object().put("alg", "RS256").put("x5t#S256", encoded(thumbprint));
        String text = encoded(Json.bytes(header)) + "." + encoded(Json.bytes(claims));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign((PrivateKey) store.getKey(alias, "sandbox".toCharArray()));
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + encoded(signature.sign());
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
