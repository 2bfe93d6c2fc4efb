package dev.usher.entra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.microsoft.graph.core.requests.BaseGraphRequestAdapter;
import com.microsoft.graph.core.requests.GraphClientFactory;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.RequestInformation;
import com.microsoft.kiota.RequestOption;
import com.microsoft.kiota.authentication.AnonymousAuthenticationProvider;
import com.microsoft.kiota.http.middleware.options.RetryHandlerOption;
import dev.usher.token.Tokens;
import dev.usher.vendor.VendorCalls;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Calls Graph: the SDK builds the request, Jackson reads the answer. The SDK is loaded at the first call, not at the
 * start; it repeats nothing, so that every failure reaches the caller's policy.
 */
@Component
final class Graph {

    private static final String REGISTRATION = "graph";
    private static final String SYSTEM = "entra";
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration REST = Duration.ofSeconds(5); // of a call, besides waiting for its answer
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final Duration timeout;
    private final Tokens tokens;
    private final VendorCalls calls;
    private volatile @Nullable Sdk sdk;

    Graph(EntraSettings settings, Tokens tokens, VendorCalls calls) {
        this.base = settings.graphUrl();
        this.timeout = settings.timeout();
        this.tokens = tokens;
        this.calls = calls;
    }

    /** Builds a request by the SDK's request builders; called once more after a 401. */
    @FunctionalInterface
    interface Call {
        RequestInformation with(GraphServiceClient client) throws IOException;
    }

    /** Reads a successful answer; it need not close the stream. */
    @FunctionalInterface
    interface Reader<T> {
        T read(InputStream body) throws IOException;
    }

    /**
     * Sends one request. After a 401 the token is dropped and the request sent once more with a new one.
     *
     * @throws HttpOperationFailedException for every status of 400 and more, with Graph's error code and Retry-After
     * @throws IOException when there was no answer, or one that cannot be read
     */
    <T> T send(Call call, Reader<T> reader) throws IOException, HttpOperationFailedException {
        var token = token();
        try (var response = execute(call, token)) {
            if (response.code() != 401) {
                return read(response, reader);
            }
        }
        drop(token);
        try (var response = execute(call, token())) {
            return read(response, reader);
        }
    }

    String token() throws IOException, HttpOperationFailedException {
        return tokens.bearer(REGISTRATION);
    }

    void drop(String token) {
        tokens.drop(REGISTRATION, token);
    }

    private Response execute(Call call, String token) throws IOException {
        var connected = sdk();
        var request = call.with(connected.client());
        if (request.pathParameters != null) {
            request.pathParameters.putIfAbsent("baseurl", base.toString()); // the SDK forgets it for a $batch
        }
        request.headers.tryAdd("Authorization", "Bearer " + token);
        Request ready = connected.adapter().convertToNativeRequest(request);
        var url = ready.url();
        if (!Objects.equals(url.resolve("/"), HttpUrl.get(base.resolve("/")))) {
            throw new IOException("a link of Graph leads to " + url.resolve("/") + ", away from usher.entra.graph-url "
                    + base + "; the token is not sent there");
        }
        var http = ready.method().equals("GET") ? connected.http() : connected.once();
        try (var counted = calls.begin(SYSTEM)) {
            var response = http.newCall(ready).execute();
            counted.answered(response.code());
            return response;
        }
    }

    private static <T> T read(Response response, Reader<T> reader) throws IOException, HttpOperationFailedException {
        var body = response.body();
        if (body == null) {
            throw new IOException("Graph answered " + response.code() + " without a body");
        }
        if (!response.isSuccessful()) {
            throw failure(
                    response.request().url().encodedPath(),
                    response.code(),
                    response.header("Retry-After"),
                    json(body.byteStream()));
        }
        return reader.read(body.byteStream());
    }

    private static JsonNode json(InputStream body) throws IOException {
        try {
            var node = JSON.readTree(body);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** The failure of one request; of Graph's answer it keeps the code and Retry-After, no text that might name people. */
    static HttpOperationFailedException failure(String path, int status, @Nullable String retryAfter, JsonNode body) {
        return new HttpOperationFailedException(
                path,
                status,
                body.path("error").path("code").asText(""),
                null,
                retryAfter == null ? Map.of() : Map.of("Retry-After", retryAfter),
                null);
    }

    private Sdk sdk() {
        var connected = sdk;
        if (connected != null) {
            return connected;
        }
        synchronized (this) {
            connected = sdk;
            if (connected == null) {
                connected = connect();
                sdk = connected;
            }
            return connected;
        }
    }

    private Sdk connect() {
        var noRetry = new RetryHandlerOption((delay, count, request, response) -> false, 0, 0);
        var http = GraphClientFactory.create(new RequestOption[] {noRetry})
                .connectTimeout(CONNECT)
                .readTimeout(timeout)
                .writeTimeout(timeout)
                .callTimeout(timeout.plus(REST))
                .build();
        // the token is set per request, so that a 401 can drop just the one that failed
        var adapter = new BaseGraphRequestAdapter(new AnonymousAuthenticationProvider(), base.toString(), http);
        // a write whose answer was lost is not sent again unseen: the second answer would be taken for the first
        var once = http.newBuilder().retryOnConnectionFailure(false).build();
        return new Sdk(new GraphServiceClient(adapter), adapter, http, once);
    }

    private record Sdk(
            GraphServiceClient client, BaseGraphRequestAdapter adapter, OkHttpClient http, OkHttpClient once) {}
}
