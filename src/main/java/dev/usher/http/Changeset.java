package dev.usher.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.springframework.stereotype.Component;

/**
 * The bean {@code changeset}: several writes in one call, of which an OData service does all or nothing
 * (<a href="https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part1-protocol.html">OData 4.01, 11.7</a>).
 * Called by kamelets around the call of {@code $batch}: {@link #encode} before it, {@link #check} after it.
 */
@Component("changeset")
public final class Changeset {

    private static final String COUNT = "changesetRequests";
    private static final int FIRST_FAILURE = 400;
    private static final Pattern ANSWER =
            Pattern.compile("HTTP/1\\.1 (\\d{3})[^\\r\\n]*\\r?\\n(.*?)\\r?\\n\\r?\\n([^\\r\\n]*)", Pattern.DOTALL);

    /**
     * Turns the body, a list of {@code {"method", "path", "headers", "body"}}, into one changeset, and sets the header
     * Content-Type. Paths are relative to the service; the requests are numbered from 1, so that {@code $1} in a later one
     * names the row the first one made.
     */
    public void encode(Exchange exchange) {
        Message message = exchange.getMessage();
        var requests = message.getBody(JsonNode.class);
        var outer = "batch_" + UUID.randomUUID();
        var inner = "changeset_" + UUID.randomUUID();
        var text = new StringBuilder();
        line(text, "--" + outer, "Content-Type: multipart/mixed;boundary=" + inner, "");
        for (int i = 0; i < requests.size(); i++) {
            line(text, "--" + inner);
            append(text, requests.get(i), i + 1);
        }
        line(text, "--" + inner + "--", "", "--" + outer + "--");
        exchange.setProperty(COUNT, requests.size());
        message.setHeader("Content-Type", "multipart/mixed;boundary=" + outer);
        message.setBody(text.toString());
    }

    private static void append(StringBuilder text, JsonNode request, int number) {
        line(text, "Content-Type: application/http", "Content-Transfer-Encoding: binary", "Content-ID: " + number, "");
        line(text, request.path("method").asText() + " " + request.path("path").asText() + " HTTP/1.1");
        line(text, "Content-Type: application/json");
        request.path("headers")
                .properties()
                .forEach(header ->
                        line(text, header.getKey() + ": " + header.getValue().asText()));
        line(text, "", request.path("body").toString());
    }

    private static void line(StringBuilder text, String... lines) {
        for (var line : lines) {
            text.append(line).append("\r\n");
        }
    }

    /**
     * Reads the answer in the body.
     *
     * @throws HttpOperationFailedException with the status, headers and body of the request that was refused
     * @throws IOException when the answer does not say of every request that it was done
     */
    public void check(Exchange exchange) throws IOException, HttpOperationFailedException {
        Message message = exchange.getMessage();
        var text = message.getBody(String.class);
        var answers = ANSWER.matcher(text == null ? "" : text).results().toList();
        for (var answer : answers) {
            if (Integer.parseInt(answer.group(1)) >= FIRST_FAILURE) {
                throw refused(answer);
            }
        }
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        if (status >= FIRST_FAILURE) {
            throw new HttpOperationFailedException("$batch", status, "", null, Map.of(), text);
        }
        if (answers.size() != exchange.getProperty(COUNT, 0, Integer.class)) {
            throw new ProtocolException("the answer to the changeset is not complete");
        }
    }

    private static HttpOperationFailedException refused(MatchResult answer) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        answer.group(2).lines().filter(line -> line.contains(":")).forEach(line -> {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        });
        return new HttpOperationFailedException(
                "$batch", Integer.parseInt(answer.group(1)), "", null, headers, answer.group(3));
    }
}
