package dev.usher.token;

import com.microsoft.aad.msal4j.HttpMethod;
import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * Carries MSAL's calls. MSAL insists on https; where the configured authority is plain http on a loopback address (the
 * sandbox), the call goes there as http.
 */
final class TokenHttp implements IHttpClient {

    private static final Set<String> SET_BY_THE_CLIENT = Set.of("host", "content-length", "connection");

    private final TokenCall http = new TokenCall();
    private final URI authority;

    TokenHttp(URI authority) {
        this.authority = authority;
    }

    @Override
    public IHttpResponse send(HttpRequest request) throws IOException, HttpOperationFailedException {
        var call = java.net.http.HttpRequest.newBuilder(target(request));
        request.headers().forEach((name, value) -> {
            if (!SET_BY_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
                call.setHeader(name, value);
            }
        });
        if (request.httpMethod() == HttpMethod.POST) {
            call.POST(BodyPublishers.ofString(request.body()));
        }
        var answer = http.send(call, URI.create(authority + "/oauth2/v2.0/token"));
        var response = new HttpResponse().statusCode(answer.statusCode()).body(answer.body());
        response.addHeaders(answer.headers().map());
        return response;
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
