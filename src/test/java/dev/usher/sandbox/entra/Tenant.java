package dev.usher.sandbox.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.entra.AuditRecord.Initiator;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Json;
import dev.usher.sandbox.server.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people and administrators do in the tenant, with the control API's members. */
public final class Tenant {
    private static final List<String> ABOUT_THE_RECORD = List.of("auditDelay", "activityDateTime");
    private static final List<String> SIGN_UP_NAMES =
            List.of("email", "marketingConsent", "customerType", "attributes");

    private final Directory directory;
    private final GraphUsers users;

    Tenant(Directory directory, GraphUsers users) {
        this.directory = directory;
        this.users = users;
    }

    /**
     * Signs somebody up.
     *
     * @return the object id
     * @throws IllegalStateException when somebody has this address already
     */
    public String signUp(SignUp signUp) {
        try {
            return directory.signUp(signUp);
        } catch (Directory.ConflictException e) {
            throw new IllegalStateException("somebody has signed up with this e-mail address already", e);
        }
    }

    /** Whether somebody has signed up with this address and was not deleted. */
    public boolean knows(String email) {
        return directory.knows(email);
    }

    /**
     * Changes a user as an administrator does: Graph's property names, the names of a sign-up, and {@code auditDelay} and {@code
     * activityDateTime} about the audit record.
     *
     * @return 204, or Graph's error
     * @throws IllegalArgumentException when a member is of the wrong type
     */
    public Answer change(String id, JsonNode body) {
        Settings settings = new Settings(body);
        DirectoryUser user = directory.find(id);
        if (user == null || user.deleted()) {
            return Answer.json(404, Json.object().put("error", "no user has the id " + id));
        }
        Directory.Change how = how(settings);
        ObjectNode patch = Json.object();
        for (Map.Entry<String, JsonNode> one : body.properties()) {
            if (!ABOUT_THE_RECORD.contains(one.getKey()) && !SIGN_UP_NAMES.contains(one.getKey())) {
                patch.set(one.getKey(), one.getValue());
            }
        }
        translate(settings, body, user, patch);
        return users.patch(user, patch, how);
    }

    private void translate(Settings settings, JsonNode body, DirectoryUser user, ObjectNode patch) {
        String email = settings.text("email");
        if (email != null) {
            patch.set("identities", identities(user, email));
        }
        SignUp.extensions(settings).forEach((name, value) -> {
            directory.extensions().define(name, value);
            patch.set(EntraTenant.extension(name), value);
        });
        for (String name : List.of("marketingConsent", "customerType")) {
            if (body.has(name) && body.get(name).isNull()) {
                patch.putNull(EntraTenant.extension(name));
            }
        }
    }

    private static ArrayNode identities(DirectoryUser user, String email) {
        ArrayNode identities = Json.array().add(Directory.identity("emailAddress", email));
        for (JsonNode identity : user.properties().get("identities")) {
            if (!identity.path("signInType").asText().equals("emailAddress")) {
                identities.add(identity);
            }
        }
        return identities;
    }

    private static Directory.Change how(Settings settings) {
        Duration delay = settings.duration("auditDelay");
        Instant happened = settings.instant("activityDateTime");
        return change(happened, delay == null ? Duration.ZERO : delay);
    }

    private static Directory.Change change(@Nullable Instant happened, Duration delay) {
        return GraphUsers.change(happened, delay, Initiator.USER);
    }

    /** Deletes a user softly. False when there is none. */
    public boolean delete(String id) {
        return delete(id, Json.object());
    }

    /** The same; the body may hold {@code auditDelay} and {@code activityDateTime} of the audit record. */
    public boolean delete(String id, JsonNode body) {
        var settings = new Settings(body);
        var how = how(settings);
        settings.done();
        return directory.delete(id, how);
    }

    /** Brings a deleted user back. False when there is none. */
    public boolean restore(String id) {
        return directory.restore(id, change(null, Duration.ZERO));
    }
}
