package dev.usher.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.sandbox.server.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Verifies the assertion of the JWT bearer flow: RS256, by the certificate of the connected app. */
final class JwtBearer {
    private static final int LONGEST_LIFE_SECONDS = 300;

    private final Clock clock;
    private final Certificate certificate;

    JwtBearer(Clock clock) {
        this.clock = clock;
        try (InputStream pem = Objects.requireNonNull(
                JwtBearer.class.getResourceAsStream(Org.CERTIFICATE),
                "resource " + Org.CERTIFICATE + " is not on the class path")) {
            this.certificate = CertificateFactory.getInstance("X.509").generateCertificate(pem);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("resource " + Org.CERTIFICATE + " holds no certificate", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What Salesforce says is wrong with the assertion; null when nothing is. */
    @Nullable
    String refusal(String assertion) {
        String[] parts = assertion.split("\\.");
        if (parts.length != 3) {
            return "invalid assertion";
        }
        try {
            JsonNode header = Json.read(decoded(parts[0])).orElseGet(Json::object);
            JsonNode claims = Json.read(decoded(parts[1])).orElseGet(Json::object);
            boolean signed = header.path("alg").asText().equals("RS256") && isSigned(parts);
            return signed ? wrongClaim(claims) : "invalid assertion";
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return "invalid assertion";
        }
    }

    private boolean isSigned(String[] parts) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(certificate);
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(decoded(parts[2]));
    }

    private @Nullable String wrongClaim(JsonNode claims) {
        if (!claims.path("iss").asText().equals(Org.CLIENT_ID)) {
            return "client identifier invalid";
        }
        JsonNode audience = claims.path("aud");
        String named =
                audience.isArray() && audience.size() == 1 ? audience.get(0).asText() : audience.asText();
        if (!named.equals(Org.AUDIENCE)) {
            return "audience is invalid";
        }
        long left = claims.path("exp").asLong() - clock.instant().getEpochSecond();
        if (left <= 0 || left > LONGEST_LIFE_SECONDS) {
            return "expired authorization code";
        }
        return claims.path("sub").asText().equals(Org.USER) ? null : "user hasn't approved this consumer";
    }

    private static byte[] decoded(String part) {
        return Base64.getUrlDecoder().decode(part);
    }
}
