package dev.usher.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.graph.core.content.BatchRequestContent;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.RequestInformation;
import dev.usher.gather.Attempt;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads users: one by a plain GET, several by one {@code $batch}. */
@Component
final class UserReads {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PROPERTIES = List.of(
            "id",
            "displayName",
            "givenName",
            "surname",
            "mail",
            "otherMails",
            "userPrincipalName",
            "identities",
            "accountEnabled",
            "createdDateTime",
            "creationType",
            "preferredLanguage",
            "userType");

    private final Graph graph;
    private final String[] select;
    private final String extensionPrefix;

    UserReads(Graph graph, EntraSettings settings) {
        this.graph = graph;
        this.extensionPrefix = settings.extensionPrefix();
        this.select = Stream.concat(
                        PROPERTIES.stream(), settings.attributes().stream().map(settings::attributeName))
                .toArray(String[]::new);
    }

    /** One attempt per id, in the order of the ids; it throws nothing. */
    List<Attempt<@Nullable ObjectNode>> read(List<String> ids) {
        var answers = new HashMap<String, Attempt<@Nullable ObjectNode>>();
        var distinct = ids.stream().distinct().toList();
        try {
            if (distinct.size() == 1) {
                answers.put(distinct.get(0), one(distinct.get(0)));
            } else {
                answers.putAll(batch(distinct));
            }
        } catch (IOException | HttpOperationFailedException | RuntimeException e) {
            distinct.forEach(id -> answers.put(id, Attempt.failed(e)));
        }
        return ids.stream().map(id -> answers.getOrDefault(id, unanswered())).toList();
    }

    private Attempt<@Nullable ObjectNode> one(String id) throws IOException, HttpOperationFailedException {
        try {
            return graph.send(client -> request(client, id), body -> user(JSON.readTree(body)));
        } catch (HttpOperationFailedException e) {
            if (e.getStatusCode() == 404) {
                return Attempt.succeeded(null);
            }
            throw e;
        }
    }

    private Map<String, Attempt<@Nullable ObjectNode>> batch(List<String> ids)
            throws IOException, HttpOperationFailedException {
        var token = graph.token();
        var answers = send(ids);
        var unauthorized = answers.entrySet().stream()
                .filter(answer -> isUnauthorized(answer.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (!unauthorized.isEmpty()) {
            graph.drop(token);
            answers.putAll(send(unauthorized));
        }
        return answers;
    }

    private Map<String, Attempt<@Nullable ObjectNode>> send(List<String> ids)
            throws IOException, HttpOperationFailedException {
        var idOfStep = new HashMap<String, String>();
        var responses = graph.send(
                client -> {
                    idOfStep.clear();
                    var content = new BatchRequestContent(client);
                    for (var id : ids) {
                        idOfStep.put(content.addBatchRequestStep(request(client, id)), id);
                    }
                    return client.getBatchRequestBuilder().toPostRequestInformation(content);
                },
                body -> JSON.readTree(body).path("responses"));
        var answers = new HashMap<String, Attempt<@Nullable ObjectNode>>();
        for (var response : responses) {
            var id = idOfStep.get(response.path("id").asText());
            if (id != null) {
                answers.put(id, answer(id, response));
            }
        }
        return answers;
    }

    private Attempt<@Nullable ObjectNode> answer(String id, JsonNode response) {
        var status = response.path("status").asInt();
        if (status == 404) {
            return Attempt.succeeded(null);
        }
        if (status < 200 || status > 299) {
            var retryAfter = header(response.path("headers"), "Retry-After");
            return Attempt.failed(Graph.failure("/v1.0/users/" + id, status, retryAfter, response.path("body")));
        }
        return user(response.path("body"));
    }

    private static @Nullable String header(JsonNode headers, String name) {
        for (var header : headers.properties()) {
            if (header.getKey().equalsIgnoreCase(name)) {
                return header.getValue().asText();
            }
        }
        return null;
    }

    private static boolean isUnauthorized(Attempt<@Nullable ObjectNode> answer) {
        return answer.failure() instanceof HttpOperationFailedException e && e.getStatusCode() == 401;
    }

    private RequestInformation request(GraphServiceClient client, String id) {
        return client.users().byUserId(id).toGetRequestInformation(get -> {
            if (get.queryParameters != null) {
                get.queryParameters.select = select;
            }
        });
    }

    /** A copy without OData annotations, its extension attributes in one member, by their short names. */
    private Attempt<@Nullable ObjectNode> user(JsonNode body) {
        if (!body.path("id").isTextual()) {
            return Attempt.failed(new IOException("Graph answered 200 with something that is no user"));
        }
        var user = JSON.createObjectNode();
        var extensions = JSON.createObjectNode();
        for (var member : body.properties()) {
            if (member.getKey().startsWith(extensionPrefix)) {
                extensions.set(member.getKey().substring(extensionPrefix.length()), member.getValue());
            } else if (!member.getKey().startsWith("@")) {
                user.set(member.getKey(), member.getValue());
            }
        }
        user.set("extensions", extensions);
        return Attempt.succeeded(user);
    }

    private static Attempt<@Nullable ObjectNode> unanswered() {
        return Attempt.failed(new IOException("Graph left this user out of its answer to a $batch"));
    }
}
