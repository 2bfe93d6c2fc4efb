package dev.usher.token;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/** Turns a login to Salesforce, its placeholders resolved, into a source of tokens; gathers every fault first. */
final class SalesforceCheck {

    private static final String ENDPOINT = "/services/oauth2/token";

    private final String prefix;
    private final List<String> faults = new ArrayList<>();

    SalesforceCheck(String name) {
        this.prefix = "usher.tokens." + name + ".";
    }

    /** What was wrong, each with its key and what to do; empty when nothing was. */
    List<String> faults() {
        return faults;
    }

    /** Where its tokens come from; null when there are faults. */
    @Nullable
    SalesforceTokens source(SalesforceLogin login, Clock clock) {
        var url = tokenUrl(login.tokenUrl());
        if (login.clientId() == null) {
            fault("client-id", "is not set: set the consumer key of the external client app or connected app");
        }
        if (login.lifetime().isNegative() || login.lifetime().isZero()) {
            fault("lifetime", "is " + login.lifetime() + ": it must be longer than nothing, such as 1h");
        }
        if ((login.clientSecret() == null) == (login.privateKeyFile() == null)) {
            var found = login.clientSecret() == null ? "neither is set" : "both are set";
            fault("client-secret", "and " + prefix + "private-key-file: " + found + "; set exactly one of them");
        }
        var key = login.privateKeyFile() == null ? null : key(login.privateKeyFile());
        if (login.privateKeyFile() != null && login.username() == null) {
            fault("username", "is not set: a JWT names the integration user; set the user name");
        }
        return url == null || !faults.isEmpty() ? null : new SalesforceTokens(url, login, key, clock);
    }

    private @Nullable URI tokenUrl(@Nullable String value) {
        if (value == null) {
            return fault("token-url", "is not set: set https://<My Domain>.my.salesforce.com" + ENDPOINT);
        }
        try {
            var uri = URI.create(value);
            var safe = "https".equals(uri.getScheme())
                    || "http".equals(uri.getScheme()) && RegistrationCheck.isLoopback(uri);
            if (uri.getHost() != null && safe && ENDPOINT.equals(uri.getPath())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // told below, as every other value that does not fit
        }
        return fault(
                "token-url",
                "is '" + value + "': it must be https://<My Domain>.my.salesforce.com" + ENDPOINT
                        + "; plain http is for a loopback address only");
    }

    private @Nullable PrivateKey key(String file) {
        try {
            var key = PemContent.of(Files.readString(Path.of(file), StandardCharsets.US_ASCII))
                    .getPrivateKey();
            return key != null && "RSA".equals(key.getAlgorithm()) ? key : notUsable();
        } catch (IOException e) {
            return fault(
                    "private-key-file",
                    "names '" + file + "', which cannot be read ("
                            + e.getClass().getSimpleName() + "): check path and permissions");
        } catch (IllegalStateException | IllegalArgumentException e) {
            return notUsable();
        }
    }

    private @Nullable PrivateKey notUsable() {
        return fault("private-key-file", "is not usable: it must be PEM with one RSA private key, not encrypted");
    }

    private <T> @Nullable T fault(String key, String what) {
        faults.add(prefix + key + " " + what);
        return null;
    }
}
