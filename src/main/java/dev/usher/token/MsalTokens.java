package dev.usher.token;

import com.fasterxml.jackson.core.JacksonException;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;

/** Gets tokens by the client credentials flow of MSAL4J; it repeats and caches nothing. */
final class MsalTokens implements TokenSource {

    private final ConfidentialClientApplication application;
    private final ClientCredentialParameters parameters;
    private final URI authority;
    private final Clock clock;

    MsalTokens(URI authority, String clientId, String scope, Credential credential, Clock clock) {
        this.authority = authority;
        this.clock = clock;
        this.parameters = ClientCredentialParameters.builder(Set.of(scope))
                .skipCache(true)
                .build();
        try {
            this.application = ConfidentialClientApplication.builder(clientId, credential.forMsal())
                    .authority("https://" + authority.getRawAuthority() + authority.getRawPath() + "/")
                    .instanceDiscovery(false)
                    .disableInternalRetries()
                    .httpClient(new TokenHttp(authority))
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("the authority " + authority + " is not a URL", e);
        }
    }

    @Override
    public Token fetch() throws IOException, HttpOperationFailedException {
        var asked = clock.instant();
        try {
            var result = application.acquireToken(parameters).get();
            return Token.issued(
                    result.accessToken(), asked, result.expiresOnDate().toInstant());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while asking for a token");
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    /** MSAL wraps what its transport threw. */
    private IOException failure(@Nullable Throwable cause) throws HttpOperationFailedException {
        for (var inner = cause; inner != null; inner = inner.getCause()) {
            if (inner instanceof HttpOperationFailedException refused) {
                throw refused;
            }
            if (inner instanceof IOException network && !(network instanceof JacksonException)) {
                return new IOException(
                        "the token endpoint of " + authority + " was not reached: "
                                + network.getClass().getSimpleName() + " " + network.getMessage(),
                        network);
            }
        }
        return new IOException("the token endpoint of " + authority + " gave an answer that is no token: "
                + (cause == null ? "none" : cause.getClass().getSimpleName()));
    }
}
