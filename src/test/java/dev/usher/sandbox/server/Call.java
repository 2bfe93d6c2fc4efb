package dev.usher.sandbox.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One HTTP request: read by a system's code, kept in its call log, and turned into text only when somebody looks. */
public final class Call implements LoggedCall {
    private final Instant at;
    private final String method;
    private final String rawPath;
    private final String path;
    private final String rawQuery;
    private final HeaderMap headers;
    private final byte[] body;
    private volatile int status;
    private @Nullable Map<String, String> query;

    public Call(
            Instant at, String method, String rawPath, String path, String rawQuery, HeaderMap headers, byte[] body) {
        this.at = at;
        this.method = method;
        this.rawPath = rawPath;
        this.path = path;
        this.rawQuery = rawQuery;
        this.headers = headers;
        this.body = body;
    }

    static Call of(HttpServerExchange exchange, byte[] body, Instant at) {
        return new Call(
                at,
                exchange.getRequestMethod().toString(),
                exchange.getRequestURI(),
                exchange.getRequestPath(),
                exchange.getQueryString(),
                exchange.getRequestHeaders(),
                body);
    }

    public Instant at() {
        return at;
    }

    @Override
    public String method() {
        return method;
    }

    /** Decoded, without the query. */
    public String path() {
        return path;
    }

    public String rawQuery() {
        return rawQuery;
    }

    @Override
    public String target() {
        return rawQuery.isEmpty() ? rawPath : rawPath + "?" + rawQuery;
    }

    public byte[] body() {
        return body;
    }

    public Optional<JsonNode> json() {
        return Json.read(body);
    }

    public @Nullable String header(HttpString name) {
        return headers.getFirst(name);
    }

    /** Decoded query parameters; the last of a repeated one wins. */
    public synchronized Map<String, String> query() {
        if (query == null) {
            query = Form.decode(rawQuery);
        }
        return query;
    }

    void answered(int answeredStatus) {
        status = answeredStatus;
    }

    @Override
    public ObjectNode toJson() {
        ObjectNode json =
                Json.object().put("at", at.toString()).put("method", method).put("path", rawPath);
        if (!rawQuery.isEmpty()) {
            json.put("query", rawQuery);
        }
        ObjectNode shown = json.putObject("headers");
        for (HeaderValues values : headers) {
            shown.put(values.getHeaderName().toString(), String.join(", ", values));
        }
        json.put("body", body.length == 0 ? null : new String(body, StandardCharsets.UTF_8));
        return json.put("status", status == 0 ? null : Integer.valueOf(status));
    }
}
