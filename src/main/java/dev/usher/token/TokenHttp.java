package dev.usher.token;

import com.microsoft.aad.msal4j.HttpMethod;
import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * Carries MSAL's calls, with bounded times. MSAL insists on https; where the configured authority is plain http on a
 * loopback address (the sandbox), the call goes there as http.
 */
final class TokenHttp implements IHttpClient {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration READ = Duration.ofSeconds(15);
    private static final Set<String> SET_BY_THE_CLIENT = Set.of("host", "content-length", "connection");

    /** An OAuth error code, which stands behind its member name, and Entra's own number. */
    private static final Pattern CODES = Pattern.compile("(?<=\"error\":\")\\w+|AADSTS\\d+");

    private final HttpClient http;
    private final URI authority;

    TokenHttp(URI authority) {
        this.authority = authority;
        this.http = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    @Override
    public IHttpResponse send(HttpRequest request) throws IOException, HttpOperationFailedException {
        var call = java.net.http.HttpRequest.newBuilder(target(request)).timeout(READ);
        request.headers().forEach((name, value) -> {
            if (!SET_BY_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
                call.setHeader(name, value);
            }
        });
        if (request.httpMethod() == HttpMethod.POST) {
            call.POST(BodyPublishers.ofString(request.body()));
        }
        try {
            var answer = http.send(call.build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw refusal(answer);
            }
            var response = new HttpResponse().statusCode(answer.statusCode()).body(answer.body());
            response.addHeaders(answer.headers().map());
            return response;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while asking for a token");
        }
    }

    /**
     * 400 becomes 401: a refused credential is never the fault of the message that needed the token, so the message must
     * wait for it to be mended instead of being parked. Of the body only the error's codes are kept.
     */
    private HttpOperationFailedException refusal(java.net.http.HttpResponse<String> answer) {
        var status = answer.statusCode() == 400 ? 401 : answer.statusCode();
        var codes =
                CODES.matcher(answer.body()).results().map(MatchResult::group).distinct();
        var retryAfter = answer.headers().firstValue("Retry-After");
        return new HttpOperationFailedException(
                authority + "/oauth2/v2.0/token",
                status,
                codes.collect(Collectors.joining(" ")),
                null,
                retryAfter.map(value -> Map.of("Retry-After", value)).orElse(Map.of()),
                null);
    }

    private URI target(HttpRequest request) throws IOException {
        var url = request.url().toString();
        if ("http".equals(authority.getScheme())) {
            var asMsalSees = "https://" + authority.getRawAuthority() + "/";
            if (!url.startsWith(asMsalSees)) {
                throw new IOException("the token call left the configured authority " + authority);
            }
            return URI.create("http://" + url.substring("https://".length()));
        }
        return URI.create(url);
    }
}
