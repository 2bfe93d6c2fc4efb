package dev.usher.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.kiota.HttpMethod;
import com.microsoft.kiota.RequestInformation;
import dev.usher.gather.Attempt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sends requests by {@code $batch}: https://learn.microsoft.com/graph/json-batching */
@Component
final class Batches {

    /** The most requests that Graph takes in one. */
    static final int MOST = 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Graph graph;

    Batches(Graph graph) {
        this.graph = graph;
    }

    /**
     * One attempt per request, in their order; a failed one had no answer. A request answered 401 is sent once more with
     * a new token. It throws nothing.
     */
    List<Attempt<GraphAnswer>> send(List<GraphRequest> requests) {
        var answers = new ArrayList<Attempt<GraphAnswer>>();
        for (int from = 0; from < requests.size(); from += MOST) {
            answers.addAll(batch(requests.subList(from, Math.min(requests.size(), from + MOST))));
        }
        return answers;
    }

    private List<Attempt<GraphAnswer>> batch(List<GraphRequest> requests) {
        try {
            var token = graph.token();
            var answers = sent(requests);
            var unauthorized = IntStream.range(0, answers.size())
                    .filter(i -> isUnauthorized(answers.get(i)))
                    .boxed()
                    .toList();
            if (!unauthorized.isEmpty()) {
                graph.drop(token);
                var again = sent(unauthorized.stream().map(requests::get).toList());
                for (int i = 0; i < again.size(); i++) {
                    answers.set(unauthorized.get(i), again.get(i));
                }
            }
            return answers;
        } catch (IOException | HttpOperationFailedException | RuntimeException e) {
            return Collections.nCopies(requests.size(), Attempt.failed(e));
        }
    }

    private List<Attempt<GraphAnswer>> sent(List<GraphRequest> requests)
            throws IOException, HttpOperationFailedException {
        var responses = graph.send(
                client -> request(requests), body -> JSON.readTree(body).path("responses"));
        var answers = new ArrayList<Attempt<GraphAnswer>>(Collections.nCopies(requests.size(), unanswered()));
        for (var response : responses) {
            int number = response.path("id").asInt(-1);
            if (number >= 0 && number < answers.size()) {
                answers.set(number, Attempt.succeeded(answer(response)));
            }
        }
        return answers;
    }

    private static GraphAnswer answer(JsonNode response) {
        return new GraphAnswer(
                response.path("status").asInt(),
                header(response.path("headers"), "Retry-After"),
                response.path("body"));
    }

    private static @Nullable String header(JsonNode headers, String name) {
        for (var header : headers.properties()) {
            if (header.getKey().equalsIgnoreCase(name)) {
                return header.getValue().asText();
            }
        }
        return null;
    }

    private static boolean isUnauthorized(Attempt<GraphAnswer> attempt) {
        return attempt.value() != null && attempt.value().status() == 401;
    }

    /** Written by hand: the SDK's batch content takes a hundred times as long and its builders share state. */
    private static RequestInformation request(List<GraphRequest> requests) {
        var content = JSON.createObjectNode();
        var list = content.putArray("requests");
        for (int i = 0; i < requests.size(); i++) {
            var request = requests.get(i);
            var one = list.addObject()
                    .put("id", String.valueOf(i))
                    .put("method", request.method())
                    .put("url", request.path());
            if (request.body() != null) {
                one.putObject("headers").put("Content-Type", "application/json");
                one.set("body", request.body());
            }
        }
        var request = new RequestInformation(HttpMethod.POST, "{+baseurl}/$batch", new HashMap<>());
        request.setStreamContent(
                new ByteArrayInputStream(content.toString().getBytes(StandardCharsets.UTF_8)), "application/json");
        return request;
    }

    private static Attempt<GraphAnswer> unanswered() {
        return Attempt.failed(new IOException("Graph left a request out of its answer to a $batch"));
    }
}
