package dev.usher.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Gets tokens of a Salesforce org: by client credentials, or by a JWT that it signs with RS256.
 *
 * @see <a href="https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_jwt_flow.htm">JWT bearer flow</a>
 */
final class SalesforceTokens implements TokenSource {

    private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /** Salesforce takes an assertion for a few minutes only; it says nothing of the token's life. */
    private static final Duration ASSERTION = Duration.ofMinutes(3);

    private final TokenCall http = new TokenCall();
    private final ObjectMapper json = new ObjectMapper();
    private final URI url;
    private final SalesforceLogin login;
    private final @Nullable PrivateKey key;
    private final Clock clock;

    /** @param key signs the assertion; null when the login has a client secret */
    SalesforceTokens(URI url, SalesforceLogin login, @Nullable PrivateKey key, Clock clock) {
        this.url = url;
        this.login = login;
        this.key = key;
        this.clock = clock;
    }

    @Override
    public Token fetch() throws IOException, HttpOperationFailedException {
        var asked = clock.instant();
        var call = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded(key == null ? credentials() : assertion(key))));
        String token;
        try {
            token = json.readTree(http.send(call, url).body())
                    .path("access_token")
                    .asText();
        } catch (JsonProcessingException e) {
            token = "";
        } catch (IOException e) {
            throw new IOException(
                    "the token endpoint " + url + " was not reached: "
                            + e.getClass().getSimpleName(),
                    e);
        }
        if (token.isEmpty()) {
            throw new IOException("the token endpoint " + url + " gave an answer that is no token");
        }
        return Token.issued(token, asked, asked.plus(login.lifetime()));
    }

    private Map<String, String> credentials() {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", Objects.requireNonNull(login.clientId()));
        form.put("client_secret", Objects.requireNonNull(login.clientSecret()));
        return form;
    }

    private Map<String, String> assertion(PrivateKey signer) {
        var claims = json.createObjectNode()
                .put("iss", login.clientId())
                .put("sub", login.username())
                .put("aud", login.audience())
                .put("exp", clock.instant().plus(ASSERTION).getEpochSecond());
        var text = base64("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8))
                + "."
                + base64(claims.toString().getBytes(StandardCharsets.UTF_8));
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(signer);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return Map.of("grant_type", JWT_BEARER, "assertion", text + "." + base64(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the private key of Salesforce's login does not sign", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
