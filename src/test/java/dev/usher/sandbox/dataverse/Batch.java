package dev.usher.sandbox.dataverse;

import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Call;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST $batch}: requests one after the other, and changesets of which all or nothing is done. Ends at the first error unless {@code
 * Prefer: odata.continue-on-error}.
 */
final class Batch {
    private static final int MOST = 1000;
    private static final HttpString PREFER = new HttpString("Prefer");
    private static final Pattern BOUNDARY = Pattern.compile("multipart/mixed;.*boundary=\"?([^\";]+)\"?.*");
    private static final Pattern REFERENCE = Pattern.compile("\"/?\\$(\\w+)\"");

    private final Organization organization;
    private final Function<Call, Answer> requests;

    Batch(Organization organization, Function<Call, Answer> requests) {
        this.organization = organization;
        this.requests = requests;
    }

    /** One piece of a multipart body. */
    private record Part(Map<String, String> headers, String content) {
        static Part of(String text) {
            String[] halves = text.split("\r?\n\r?\n", 2);
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            halves[0].lines().filter(line -> line.contains(":")).forEach(line -> {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            });
            return new Part(headers, halves.length == 1 ? "" : halves[1]);
        }

        String type() {
            return headers.getOrDefault("Content-Type", "");
        }
    }

    /** A changeset could not be done. */
    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Answer answer;
        private final String contentId;

        Failed(Answer answer, String contentId) {
            super(null, null, false, false);
            this.answer = answer;
            this.contentId = contentId;
        }
    }

    Answer answer(Call call) {
        List<Part> parts = parts(call.header(Headers.CONTENT_TYPE), new String(call.body(), StandardCharsets.UTF_8));
        if (parts.isEmpty() || parts.size() > MOST) {
            throw DataverseErrors.badRequest("A batch needs 1 to " + MOST + " requests as multipart/mixed.");
        }
        String prefer = call.header(PREFER);
        boolean goesOn = prefer != null && prefer.contains("odata.continue-on-error");
        String boundary = "batchresponse_" + call.at().toEpochMilli();
        StringBuilder out = new StringBuilder();
        int status = 200;
        for (Part part : parts) {
            boolean done = part.type().startsWith("multipart/mixed")
                    ? changeset(call, part, boundary, out)
                    : single(call, part, boundary, out);
            if (!done && !goesOn) {
                status = 400;
                break;
            }
        }
        out.append("--").append(boundary).append("--\r\n");
        return new Answer(
                status,
                "multipart/mixed; boundary=" + boundary,
                Map.of("OData-Version", "4.0"),
                out.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static List<Part> parts(@Nullable String type, String body) {
        Matcher boundary = BOUNDARY.matcher(type == null ? "" : type);
        if (!boundary.matches()) {
            return List.of();
        }
        List<Part> parts = new ArrayList<>();
        String[] pieces = ("\n" + body).split("\r?\n--" + Pattern.quote(boundary.group(1)));
        for (int i = 1; i < pieces.length; i++) {
            if (!pieces[i].startsWith("--")) {
                parts.add(Part.of(pieces[i].replaceFirst("^[ \t]*\r?\n", "")));
            }
        }
        return parts;
    }

    private boolean single(Call call, Part part, String boundary, StringBuilder out) {
        Answer answer = request(call, part, Map.of());
        append(out, boundary, part.headers().get("Content-ID"), answer);
        return answer.status() < 400;
    }

    private boolean changeset(Call call, Part part, String boundary, StringBuilder out) {
        String inner = boundary.replace("batchresponse", "changesetresponse");
        StringBuilder answers = new StringBuilder();
        try {
            organization.atomically(() -> {
                Map<String, String> made = new TreeMap<>();
                parts(part.type(), part.content()).forEach(one -> changesetRequest(call, one, made, inner, answers));
                return made;
            });
        } catch (Failed e) {
            append(out, boundary, e.contentId, e.answer);
            return false;
        }
        out.append("--")
                .append(boundary)
                .append("\r\nContent-Type: multipart/mixed; boundary=")
                .append(inner);
        out.append("\r\n\r\n").append(answers).append("--").append(inner).append("--\r\n");
        return true;
    }

    private void changesetRequest(Call call, Part part, Map<String, String> made, String inner, StringBuilder answers) {
        String contentId = part.headers().getOrDefault("Content-ID", "");
        Answer answer = part.content().startsWith("GET")
                ? DataverseErrors.error(400, "0x80060888", "A changeset holds no GET.")
                : contentId.isEmpty()
                        ? DataverseErrors.error(400, "0x80060888", "A request of a changeset needs a Content-ID.")
                        : request(call, part, made);
        if (answer.status() >= 400) {
            throw new Failed(answer, contentId);
        }
        String place = answer.headers().get("OData-EntityId");
        if (place != null) {
            made.put(contentId, place);
        }
        append(answers, inner, contentId, answer);
    }

    private Answer request(Call call, Part part, Map<String, String> made) {
        String[] halves = part.content().split("\r?\n\r?\n", 2);
        String[] line = halves[0].lines().findFirst().orElse("").split(" ");
        if (!part.type().startsWith("application/http") || line.length != 3) {
            return DataverseErrors.error(400, "0x80060888", "A part of a batch is one HTTP request.");
        }
        HeaderMap headers = new HeaderMap();
        headers.put(Headers.HOST, call.header(Headers.HOST));
        halves[0].lines().skip(1).filter(header -> header.contains(":")).forEach(header -> {
            int colon = header.indexOf(':');
            headers.put(
                    new HttpString(header.substring(0, colon).strip()),
                    header.substring(colon + 1).strip());
        });
        String body = halves.length == 1 ? "" : halves[1].strip();
        body = REFERENCE.matcher(body).replaceAll(found -> {
            String place = made.get(found.group(1));
            return Matcher.quoteReplacement(place == null ? found.group() : "\"" + place + "\"");
        });
        String target = line[1].startsWith("$") ? made.getOrDefault(line[1].substring(1), line[1]) : line[1];
        return requests.apply(inner(call, line[0], target, headers, body));
    }

    private static Call inner(Call call, String method, String target, HeaderMap headers, String body) {
        URI uri =
                URI.create(WebApi.base(call)).resolve(target.replace(" ", "%20").replace("$", "%24"));
        String query = uri.getRawQuery();
        return new Call(
                call.at(),
                method,
                uri.getRawPath(),
                uri.getPath(),
                query == null ? "" : query,
                headers,
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static void append(StringBuilder out, String boundary, @Nullable String contentId, Answer answer) {
        out.append("--").append(boundary).append("\r\nContent-Type: application/http\r\n");
        out.append("Content-Transfer-Encoding: binary\r\n");
        if (contentId != null && !contentId.isEmpty()) {
            out.append("Content-ID: ").append(contentId).append("\r\n");
        }
        out.append("\r\nHTTP/1.1 ").append(answer.status()).append(' ').append(phrase(answer.status()));
        out.append("\r\n");
        if (!answer.contentType().isEmpty()) {
            out.append("Content-Type: ").append(answer.contentType()).append("\r\n");
        }
        answer.headers()
                .forEach((name, value) ->
                        out.append(name).append(": ").append(value).append("\r\n"));
        out.append("\r\n")
                .append(new String(answer.body(), StandardCharsets.UTF_8))
                .append("\r\n");
    }

    private static String phrase(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 201 -> "Created";
            case 204 -> "No Content";
            case 404 -> "Not Found";
            case 412 -> "Precondition Failed";
            default -> "Bad Request";
        };
    }
}
