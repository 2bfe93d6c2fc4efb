package dev.usher.sandbox.entra;

import dev.usher.sandbox.server.RandomIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The groups of the tenant with their members, and the applications with their roles and who has them. One group and one application are
 * there from the start, under the ids in {@link EntraTenant}.
 */
final class Grants {
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final Map<String, App> apps = new LinkedHashMap<>();
    private final Map<String, Assignment> assignments = new LinkedHashMap<>();

    /** A security group. @param members object ids, in the order in which they came */
    record Group(String id, String displayName, Set<String> members) {}

    /** A service principal. @param roles what each role id is called in tokens */
    record App(String id, String displayName, Map<String, String> roles) {}

    /** Somebody has a role of an application. @param role all zeros: the application's default access */
    record Assignment(String id, String principal, String app, String role, Instant created) {}

    Grants() {
        clear();
    }

    synchronized void clear() {
        groups.clear();
        apps.clear();
        assignments.clear();
        define(EntraTenant.BUSINESS_GROUP, "Business customers");
        define(EntraTenant.SHOP, "Shop", EntraTenant.PARTNER_ROLE, "Partner");
    }

    /** Makes a group; one of this id that exists already is replaced by an empty one. */
    synchronized void define(String id, String displayName) {
        groups.put(id, new Group(id, displayName, new LinkedHashSet<>()));
    }

    /** Adds a role to an application, which is made when there is none of this id. */
    synchronized void define(String app, String displayName, String role, String value) {
        apps.computeIfAbsent(app, id -> new App(id, displayName, new LinkedHashMap<>()))
                .roles()
                .put(role, value);
    }

    /** Deletes a group with its memberships. False when there is none. */
    synchronized boolean deleteGroup(String id) {
        return groups.remove(id) != null;
    }

    synchronized @Nullable Group group(String id) {
        return groups.get(id);
    }

    synchronized @Nullable App app(String id) {
        return apps.get(id);
    }

    /** False when the user is a member already. */
    synchronized boolean join(Group group, String user) {
        return group.members().add(user);
    }

    /** False when the user is no member. */
    synchronized boolean leave(Group group, String user) {
        return group.members().remove(user);
    }

    synchronized List<String> members(Group group) {
        return List.copyOf(group.members());
    }

    synchronized List<Group> groupsOf(String user) {
        return groups.values().stream()
                .filter(group -> group.members().contains(user))
                .toList();
    }

    /** Null when the user has this role already. */
    synchronized @Nullable Assignment assign(App app, String role, String user, Instant now) {
        for (Assignment one : assignments.values()) {
            if (one.app().equals(app.id())
                    && one.role().equals(role)
                    && one.principal().equals(user)) {
                return null;
            }
        }
        Assignment made = new Assignment(RandomIds.uuid(), user, app.id(), role, now);
        assignments.put(made.id(), made);
        return made;
    }

    synchronized @Nullable Assignment assignment(String id) {
        return assignments.get(id);
    }

    synchronized void withdraw(Assignment assignment) {
        assignments.remove(assignment.id());
    }

    synchronized List<Assignment> assignmentsTo(String app) {
        return assignments.values().stream()
                .filter(one -> one.app().equals(app))
                .toList();
    }

    synchronized List<Assignment> assignmentsOf(String user) {
        return new ArrayList<>(assignments.values())
                .stream().filter(one -> one.principal().equals(user)).toList();
    }
}
