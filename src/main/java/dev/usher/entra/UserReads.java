package dev.usher.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.gather.Attempt;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
    private final Batches batches;
    private final URI base;
    private final String select;
    private final String extensionPrefix;

    UserReads(Graph graph, Batches batches, EntraSettings settings) {
        this.graph = graph;
        this.batches = batches;
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
        var distinct = ids.stream().distinct().toList();
        var answers = batches.send(distinct.stream()
                .map(id -> GraphRequest.get("/users/" + encoded(id) + select))
                .toList());
        var users = new HashMap<String, Attempt<@Nullable ObjectNode>>();
        for (int i = 0; i < answers.size(); i++) {
            users.put(distinct.get(i), user(distinct.get(i), answers.get(i)));
        }
        return ids.stream().map(users::get).toList();
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

    private Attempt<@Nullable ObjectNode> user(String id, Attempt<GraphAnswer> attempt) {
        var answer = attempt.value();
        if (answer == null) {
            return new Attempt<>(null, attempt.failure());
        }
        if (answer.status() == 404) {
            return Attempt.succeeded(null);
        }
        if (!answer.succeeded()) {
            return Attempt.failed(
                    Graph.failure("/v1.0/users/" + id, answer.status(), answer.retryAfter(), answer.body()));
        }
        return user(answer.body());
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
}
