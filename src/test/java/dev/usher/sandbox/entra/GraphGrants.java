package dev.usher.sandbox.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.entra.Grants.App;
import dev.usher.sandbox.entra.Grants.Assignment;
import dev.usher.sandbox.entra.Grants.Group;
import dev.usher.sandbox.odata.Paging;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Call;
import dev.usher.sandbox.server.Json;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /groups} and {@code /servicePrincipals}, and of a user {@code memberOf}, {@code checkMemberGroups} and {@code
 * appRoleAssignments}: read, added and taken away one by one.
 */
final class GraphGrants {
    private static final String DEFAULT_ROLE = "00000000-0000-0000-0000-000000000000";
    private static final int DEFAULT_PAGE = 100;
    private static final int LARGEST_PAGE = 999;
    private static final int MOST_CHECKED = 20;

    private final Grants grants;
    private final Directory directory;
    private final GraphErrors errors;
    private final Clock clock;

    GraphGrants(Directory directory, GraphErrors errors, Clock clock) {
        this.grants = directory.grants();
        this.directory = directory;
        this.errors = errors;
        this.clock = clock;
    }

    /** @param path what follows {@code /groups/}, by its segments */
    Answer groups(Call call, List<String> path) {
        Group group = grants.group(path.get(0));
        if (group == null) {
            return errors.notFound(path.get(0));
        }
        String rest = call.method() + " " + String.join("/", path.subList(1, path.size()));
        if (rest.equals("GET ")) {
            return Answer.json(200, GraphErrors.TYPE, shown(group));
        }
        if (rest.equals("GET members")) {
            return page(call, members(group));
        }
        if (rest.equals("POST members/$ref")) {
            return join(group, call.json().orElseGet(Json::object));
        }
        if (path.size() == 4 && rest.matches("DELETE members/[^/]+/\\$ref")) {
            return grants.leave(group, path.get(2)) ? Answer.empty(204) : errors.notFound(path.get(2));
        }
        return notAllowed();
    }

    private Answer join(Group group, JsonNode body) {
        String reference = body.path("@odata.id").asText("");
        String id = reference.replaceAll("^https?://[^/]+/(v1\\.0|beta)/(directoryObjects|users)/", "");
        if (id.isEmpty() || id.contains("/")) {
            return errors.badRequest("The '@odata.id' of the request must name a directory object.");
        }
        DirectoryUser user = readable(id);
        if (user == null) {
            return errors.notFound(id);
        }
        return grants.join(group, user.id())
                ? Answer.empty(204)
                : errors.badRequest(
                        "One or more added object references already exist for the following modified properties:"
                                + " 'members'.");
    }

    /** @param path what follows {@code /servicePrincipals/}, by its segments */
    Answer servicePrincipals(Call call, List<String> path) {
        App app = grants.app(path.get(0));
        if (app == null) {
            return errors.notFound(path.get(0));
        }
        String rest = call.method() + " " + String.join("/", path.subList(1, path.size()));
        if (rest.equals("GET ")) {
            return Answer.json(200, GraphErrors.TYPE, shown(app));
        }
        if (rest.equals("GET appRoleAssignedTo")) {
            return page(call, shownAssignments(grants.assignmentsTo(app.id())));
        }
        if (rest.equals("POST appRoleAssignedTo")) {
            return assign(call.json().orElseGet(Json::object), null, app.id());
        }
        if (path.size() == 3 && rest.startsWith("DELETE appRoleAssignedTo/")) {
            return withdraw(path.get(2), grants.assignmentsTo(app.id()));
        }
        return notAllowed();
    }

    /** @param path what follows {@code /users/}, by its segments, at least two */
    Answer users(Call call, List<String> path) {
        DirectoryUser user = readable(path.get(0));
        if (user == null) {
            return errors.notFound(path.get(0));
        }
        String rest = call.method() + " " + String.join("/", path.subList(1, path.size()));
        if (path.size() == 3 && rest.startsWith("DELETE appRoleAssignments/")) {
            return withdraw(path.get(2), grants.assignmentsOf(user.id()));
        }
        return switch (rest) {
            case "GET memberOf" ->
                page(
                        call,
                        grants.groupsOf(user.id()).stream()
                                .map(GraphGrants::shown)
                                .toList());
            case "POST checkMemberGroups" -> check(user, call.json().orElseGet(Json::object));
            case "GET appRoleAssignments" -> page(call, shownAssignments(grants.assignmentsOf(user.id())));
            case "POST appRoleAssignments" -> assign(call.json().orElseGet(Json::object), user.id(), null);
            default -> notAllowed();
        };
    }

    private Answer check(DirectoryUser user, JsonNode body) {
        JsonNode asked = body.path("groupIds");
        if (!asked.isArray() || asked.isEmpty() || asked.size() > MOST_CHECKED) {
            return errors.badRequest("groupIds must hold 1 to " + MOST_CHECKED + " ids.");
        }
        ObjectNode answer = Json.object();
        var held = answer.putArray("value");
        List<String> mine = grants.groupsOf(user.id()).stream().map(Group::id).toList();
        asked.forEach(id -> {
            if (mine.contains(id.asText())) {
                held.add(id);
            }
        });
        return Answer.json(200, GraphErrors.TYPE, answer);
    }

    /** @param principal the user of the path, and {@code app} the application of the path: one of them */
    private Answer assign(JsonNode body, @Nullable String principal, @Nullable String app) {
        String user = body.path("principalId").asText("");
        String resource = body.path("resourceId").asText("");
        String role = body.path("appRoleId").asText("");
        if ((principal != null && !principal.equals(user)) || (app != null && !app.equals(resource))) {
            return errors.badRequest("The ids of the path and of the body differ.");
        }
        App found = grants.app(resource);
        if (found == null) {
            return errors.notFound(resource);
        }
        if (!found.roles().containsKey(role) && !role.equals(DEFAULT_ROLE)) {
            return errors.badRequest("Permission being assigned was not found on application '" + found.id() + "'.");
        }
        if (readable(user) == null) {
            return errors.badRequest("Not a valid reference update.");
        }
        Assignment made = grants.assign(found, role, user, clock.instant().truncatedTo(ChronoUnit.MICROS));
        return made == null
                ? errors.error(400, "Request_MultipleObjectsWithSameKeyValue", "EntitlementGrant entry already exists.")
                : Answer.json(201, GraphErrors.TYPE, shown(made));
    }

    private Answer withdraw(String id, List<Assignment> among) {
        Optional<Assignment> found =
                among.stream().filter(one -> one.id().equals(id)).findFirst();
        found.ifPresent(grants::withdraw);
        return found.isPresent() ? Answer.empty(204) : errors.notFound(id);
    }

    private @Nullable DirectoryUser readable(String id) {
        DirectoryUser user = directory.find(id);
        return user != null && user.readable(clock.instant()) ? user : null;
    }

    private List<ObjectNode> members(Group group) {
        List<ObjectNode> shown = new ArrayList<>();
        for (String id : grants.members(group)) {
            DirectoryUser user = readable(id);
            if (user != null) {
                shown.add(Json.object()
                        .put("@odata.type", "#microsoft.graph.user")
                        .put("id", id)
                        .put(
                                "displayName",
                                user.properties().path("displayName").asText(null)));
            }
        }
        return shown;
    }

    private List<ObjectNode> shownAssignments(List<Assignment> all) {
        return all.stream().map(this::shown).toList();
    }

    private ObjectNode shown(Assignment one) {
        return Json.object()
                .put("id", one.id())
                .put("appRoleId", one.role())
                .put("createdDateTime", one.created().toString())
                .put("principalId", one.principal())
                .put("principalType", "User")
                .put("resourceId", one.app());
    }

    private static ObjectNode shown(Group group) {
        return Json.object()
                .put("@odata.type", "#microsoft.graph.group")
                .put("id", group.id())
                .put("displayName", group.displayName())
                .put("securityEnabled", true);
    }

    private static ObjectNode shown(App app) {
        ObjectNode shown = Json.object().put("id", app.id()).put("displayName", app.displayName());
        var roles = shown.putArray("appRoles");
        app.roles()
                .forEach((id, value) ->
                        roles.addObject().put("id", id).put("value", value).put("isEnabled", true));
        return shown;
    }

    private Answer page(Call call, List<ObjectNode> all) {
        try {
            int top = Paging.top(call.query(), DEFAULT_PAGE, LARGEST_PAGE);
            int from = Paging.place(call.query()).map(Integer::parseInt).orElse(0);
            int to = Math.min(all.size(), from + top);
            ObjectNode body = Json.object();
            body.putArray("value").addAll(all.subList(Math.min(from, to), to));
            if (to < all.size()) {
                body.put("@odata.nextLink", Paging.nextLink(call, String.valueOf(to)));
            }
            return Answer.json(200, GraphErrors.TYPE, body);
        } catch (IllegalArgumentException e) {
            return errors.unsupported(String.valueOf(e.getMessage()));
        }
    }

    /** A user as the control API shows it: with its groups and app roles. */
    ObjectNode withGrants(ObjectNode user) {
        ObjectNode shown = Json.object().setAll(user);
        String id = user.path("id").asText();
        var groups = shown.putArray("memberOf");
        grants.groupsOf(id)
                .forEach(group -> groups.addObject().put("id", group.id()).put("displayName", group.displayName()));
        var roles = shown.putArray("appRoleAssignments");
        grants.assignmentsOf(id).forEach(one -> roles.add(shown(one)));
        return shown;
    }

    private Answer notAllowed() {
        return errors.error(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.");
    }
}
