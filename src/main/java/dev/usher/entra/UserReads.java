package dev.usher.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.kiota.HttpMethod;
import com.microsoft.kiota.RequestInformation;
import dev.usher.gather.Attempt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads users by {@code $batch}, up to 20 in one request. */
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
    private final URI base;
    private final String select;
    private final String extensionPrefix;

    UserReads(Graph graph, EntraSettings settings) {
        this.graph = graph;
        this.base = settings.graphUrl();
        this.extensionPrefix = settings.extensionPrefix();
        this.select = "?$select="
                + Stream.concat(
                                PROPERTIES.stream(),
                                settings.attributes().stream().map(settings::attributeName))
                        .collect(Collectors.joining(","));
    }

    /** One attempt per id, in the order of the ids; it throws nothing. */
    List<Attempt<@Nullable ObjectNode>> read(List<String> ids) {
        var answers = new HashMap<String, Attempt<@Nullable ObjectNode>>();
        var distinct = ids.stream().distinct().toList();
        try {
            answers.putAll(batch(distinct));
        } catch (IOException | HttpOperationFailedException | RuntimeException e) {
            distinct.forEach(id -> answers.put(id, Attempt.failed(e)));
        }
        return ids.stream().map(id -> answers.getOrDefault(id, unanswered())).toList();
    }

    /** A page of the list of all users: the first one, or the one behind a link. */
    UserPage page(@Nullable String nextLink, int size) throws IOException, HttpOperationFailedException {
        var link = nextLink == null ? base + "/users" + select + "&$top=" + size : nextLink;
        return graph.send(
                client -> client.users().withUrl(link).toGetRequestInformation(), body -> page(JSON.readTree(body)));
    }

    private UserPage page(JsonNode body) throws IOException {
        if (!body.path("value").isArray()) {
            throw new IOException("Graph answered a page of users without its member 'value'");
        }
        var users = new ArrayList<ObjectNode>();
        for (var one : body.path("value")) {
            var user = user(one).value();
            if (user == null) {
                throw new IOException("Graph answered a page of users with something that is no user");
            }
            users.add(user);
        }
        return new UserPage(users, body.path("@odata.nextLink").textValue());
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
        var responses =
                graph.send(client -> request(ids), body -> JSON.readTree(body).path("responses"));
        var answers = new HashMap<String, Attempt<@Nullable ObjectNode>>();
        for (var response : responses) {
            var id = response.path("id").asText();
            answers.put(id, answer(id, response));
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

    /** Written by hand: the SDK's batch content takes a hundred times as long and its builders share state. */
    private RequestInformation request(List<String> ids) {
        var content = JSON.createObjectNode();
        var requests = content.putArray("requests");
        for (var id : ids) {
            requests.addObject().put("id", id).put("method", "GET").put("url", "/users/" + encoded(id) + select);
        }
        var request = new RequestInformation(HttpMethod.POST, "{+baseurl}/$batch", new HashMap<>());
        request.setStreamContent(
                new ByteArrayInputStream(content.toString().getBytes(StandardCharsets.UTF_8)), "application/json");
        return request;
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8);
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
