package dev.usher.sandbox.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.entra.Grants.App;
import dev.usher.sandbox.entra.Grants.Assignment;
import dev.usher.sandbox.entra.Grants.Group;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Json;
import dev.usher.sandbox.server.RandomIds;
import dev.usher.sandbox.server.Settings;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The control calls by which groups and app roles are made, and given or taken as an administrator does: {@code POST groups}, {@code
 * DELETE groups/{id}}, {@code PUT} and {@code DELETE groups/{id}/members/{user}}; {@code POST app-roles}, {@code PUT} and {@code DELETE
 * app-roles/{app}/{role}/members/{user}}.
 */
final class GrantsControl {
    private final Grants grants;
    private final Clock clock;

    GrantsControl(Grants grants, Clock clock) {
        this.grants = grants;
        this.clock = clock;
    }

    /** Empty when it is none of these calls. */
    Optional<Answer> control(String method, String operation, JsonNode body) {
        List<String> path = List.of(operation.split("/"));
        return switch (method + " " + operation.replaceAll("/[^/]+", "/*")) {
            case "POST groups" -> Optional.of(group(new Settings(body)));
            case "POST app-roles" -> Optional.of(role(new Settings(body)));
            case "DELETE groups/*" -> Optional.of(done(grants.deleteGroup(path.get(1))));
            case "PUT groups/*/*/*", "DELETE groups/*/*/*" -> Optional.of(member(method, path));
            case "PUT app-roles/*/*/*/*", "DELETE app-roles/*/*/*/*" -> Optional.of(holder(method, path));
            default -> Optional.empty();
        };
    }

    private Answer group(Settings settings) {
        String id = settings.text("id");
        String name = Objects.requireNonNullElse(settings.text("displayName"), "");
        settings.done();
        if (name.isEmpty()) {
            throw new IllegalArgumentException("member \"displayName\" is needed");
        }
        String made = id == null ? RandomIds.uuid() : id;
        grants.define(made, name);
        return Answer.json(201, Json.object().put("id", made));
    }

    private Answer role(Settings settings) {
        String app = idOrNew(settings.text("servicePrincipalId"));
        String role = idOrNew(settings.text("appRoleId"));
        String name = Objects.requireNonNullElse(settings.text("displayName"), "");
        String value = Objects.requireNonNullElse(settings.text("value"), name);
        settings.done();
        if (name.isEmpty()) {
            throw new IllegalArgumentException("member \"displayName\" is needed: the name of the application");
        }
        grants.define(app, name, role, value);
        ObjectNode made = Json.object().put("servicePrincipalId", app).put("appRoleId", role);
        return Answer.json(201, made);
    }

    private static String idOrNew(@Nullable String id) {
        return id == null ? RandomIds.uuid() : id;
    }

    private Answer member(String method, List<String> path) {
        Group group = grants.group(path.get(1));
        if (group == null) {
            return done(false);
        }
        String user = path.get(3);
        return done(method.equals("PUT") ? grants.join(group, user) : grants.leave(group, user));
    }

    private Answer holder(String method, List<String> path) {
        App app = grants.app(path.get(1));
        String role = path.get(2);
        String user = path.get(4);
        if (app == null) {
            return done(false);
        }
        if (method.equals("PUT")) {
            return done(grants.assign(app, role, user, clock.instant()) != null);
        }
        Optional<Assignment> held = grants.assignmentsOf(user).stream()
                .filter(one -> one.app().equals(app.id()) && one.role().equals(role))
                .findFirst();
        held.ifPresent(grants::withdraw);
        return done(held.isPresent());
    }

    private static Answer done(boolean done) {
        return done
                ? Answer.empty(204)
                : Answer.json(
                        404,
                        Json.object().put("error", "there is no such group, app role or member, or it is so already"));
    }
}
