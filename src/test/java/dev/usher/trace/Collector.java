package dev.usher.trace;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Takes spans by OTLP over HTTP, as a collector does.
 *
 * @see <a href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto">trace.proto</a>
 */
public final class Collector implements AutoCloseable {

    /** @param parent of the span before it; empty for the first of a trace */
    public record Span(String trace, String id, String parent, String name, Map<String, String> attributes) {}

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();

    public Collector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    public List<Span> spans() {
        return List.copyOf(spans);
    }

    public List<Span> named(String name) {
        return spans.stream().filter(span -> span.name().equals(name)).toList();
    }

    public Optional<Span> parentOf(Span span) {
        return spans.stream().filter(other -> other.id().equals(span.parent())).findFirst();
    }

    /** Everything that was sent, byte by byte, with the header Authorization. */
    public String raw() {
        return String.join("\n", calls);
    }

    private void take(HttpExchange call) throws IOException {
        try (call) {
            var body = call.getRequestBody().readAllBytes();
            calls.add(call.getRequestHeaders().getFirst("Authorization") + "\n"
                    + new String(body, StandardCharsets.ISO_8859_1));
            Fields.of(body)
                    .messages(1)
                    .flatMap(resource -> resource.messages(2))
                    .flatMap(scope -> scope.messages(2))
                    .forEach(span -> spans.add(read(span)));
            call.sendResponseHeaders(200, -1);
        }
    }

    private static Span read(Fields span) {
        var attributes = new HashMap<String, String>();
        span.messages(9)
                .forEach(pair -> attributes.put(
                        pair.text(1),
                        pair.messages(2).map(value -> value.text(1)).findFirst().orElse("")));
        return new Span(hex(span.bytes(1)), hex(span.bytes(2)), hex(span.bytes(4)), span.text(5), attributes);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
