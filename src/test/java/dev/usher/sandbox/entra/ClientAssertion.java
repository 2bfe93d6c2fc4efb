package dev.usher.sandbox.entra;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.sandbox.server.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Verifies the signed assertion a client may send in place of a secret. */
final class ClientAssertion {
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final int CLOCK_SKEW_SECONDS = 300;

    private final Clock clock;
    private final X509Certificate certificate;

    private ClientAssertion(Clock clock, X509Certificate certificate) {
        this.clock = clock;
        this.certificate = certificate;
    }

    static ClientAssertion ofSandboxCertificate(Clock clock) {
        try (InputStream pem = Objects.requireNonNull(
                ClientAssertion.class.getResourceAsStream(EntraTenant.CERTIFICATE),
                "resource " + EntraTenant.CERTIFICATE + " is not on the class path")) {
            return new ClientAssertion(clock, (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(pem));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("resource " + EntraTenant.CERTIFICATE + " holds no certificate", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with the assertion; null when nothing is. */
    @Nullable
    String refusal(String assertion, @Nullable String type) {
        String[] parts = assertion.split("\\.");
        if (!TYPE.equals(type) || parts.length != 3) {
            return "it must be a signed JWT of type " + TYPE + ".";
        }
        try {
            JsonNode header = Json.read(decoded(parts[0])).orElseGet(Json::object);
            JsonNode claims = Json.read(decoded(parts[1])).orElseGet(Json::object);
            String named = certificateNotNamed(header);
            if (named != null) {
                return named;
            }
            return signed(header.path("alg").asText(), parts) ? wrongClaim(claims) : "the signature is invalid.";
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return "it cannot be read.";
        }
    }

    private @Nullable String certificateNotNamed(JsonNode header) throws GeneralSecurityException {
        byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        String id = header.path("kid").asText("");
        // MSAL4J writes this one in the base64 of RFC 4648 section 4, padded, and Entra takes it
        String thumbprint = header.path("x5t#S256").asText();
        boolean named = Set.of(encoded(sha256), Base64.getEncoder().encodeToString(sha256))
                        .contains(thumbprint)
                || encoded(sha1).equals(header.path("x5t").asText())
                || Set.of(encoded(sha1), encoded(sha256)).contains(id)
                || id.equalsIgnoreCase(HexFormat.of().formatHex(sha1));
        return named ? null : "the key was not found by the thumbprint in its header.";
    }

    private boolean signed(String algorithm, String[] parts) throws GeneralSecurityException {
        Signature signature;
        if (algorithm.equals("RS256")) {
            signature = Signature.getInstance("SHA256withRSA");
        } else if (algorithm.equals("PS256")) {
            signature = Signature.getInstance("RSASSA-PSS");
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        } else {
            return false;
        }
        signature.initVerify(certificate);
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(decoded(parts[2]));
    }

    private @Nullable String wrongClaim(JsonNode claims) {
        long now = clock.instant().getEpochSecond();
        if (!EntraTenant.CLIENT_ID.equals(claims.path("iss").asText())
                || !EntraTenant.CLIENT_ID.equals(claims.path("sub").asText())) {
            return "iss and sub must be the client id.";
        }
        if (!claims.path("exp").canConvertToLong() || claims.path("exp").asLong() < now) {
            return "it has expired.";
        }
        if (claims.path("nbf").asLong(0) > now + CLOCK_SKEW_SECONDS) {
            return "it is not valid yet.";
        }
        String path = URI.create(claims.path("aud").asText()).getPath();
        boolean audience = path != null && path.toLowerCase(Locale.ROOT).startsWith("/" + EntraTenant.ID + "/");
        return audience ? null : "aud must be the token endpoint of the tenant.";
    }

    private static byte[] decoded(String part) {
        return Base64.getUrlDecoder().decode(part);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
