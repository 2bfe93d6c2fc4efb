package dev.usher.sandbox.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Call;
import dev.usher.sandbox.server.Json;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The application permissions that an administrator has consented to. All that Usher may need unless set; a change holds at
 * once, where Entra's holds with the next token.
 */
final class Permissions {
    private static final String IDENTITIES = "User.ManageIdentities.All";
    private static final String USERS = "User.ReadWrite.All";

    static final List<String> ALL = List.of(
            "AppRoleAssignment.ReadWrite.All",
            "AuditLog.Read.All",
            "Directory.Read.All",
            "GroupMember.ReadWrite.All",
            IDENTITIES,
            USERS);

    private final GraphErrors errors;
    private volatile Set<String> granted = new TreeSet<>(ALL);

    Permissions(GraphErrors errors) {
        this.errors = errors;
    }

    void grant(List<String> names) {
        granted = new TreeSet<>(names);
    }

    Set<String> granted() {
        return granted;
    }

    /**
     * Graph's refusal of a call; null when it is allowed.
     *
     * @param path below {@code /v1.0}
     */
    @Nullable
    Answer refusal(Call call, String path) {
        boolean reads = call.method().equals("GET") || path.endsWith("/checkMemberGroups");
        if (path.startsWith("/auditLogs")) {
            return has("AuditLog.Read.All") && has("Directory.Read.All")
                    ? null
                    : errors.error(
                            403,
                            "Authentication_MSGraphPermissionMissing",
                            "Calling principal does not have required MSGraph permissions AuditLog.Read.All");
        }
        if (reads) {
            boolean ofUsers = path.startsWith("/users") && has(USERS);
            boolean ofGroups = path.startsWith("/groups") && has("GroupMember.ReadWrite.All");
            return has("Directory.Read.All") || ofUsers || ofGroups ? null : denied();
        }
        String needed = path.contains("/appRoleAssign")
                ? "AppRoleAssignment.ReadWrite.All"
                : path.startsWith("/groups") ? "GroupMember.ReadWrite.All" : USERS;
        return path.startsWith("/users/") && call.method().equals("PATCH") && !path.contains("/appRoleAssign")
                ? refusalOfPatch(call)
                : has(needed) ? null : denied();
    }

    /** Identities need a permission of their own, which allows nothing else: https://learn.microsoft.com/graph/api/user-update */
    private @Nullable Answer refusalOfPatch(Call call) {
        ObjectNode rest =
                call.json().orElseGet(Json::object) instanceof ObjectNode body ? body.deepCopy() : Json.object();
        boolean mayIdentities = rest.remove("identities") == null || has(IDENTITIES);
        return mayIdentities && (rest.isEmpty() || has(USERS)) ? null : denied();
    }

    private boolean has(String name) {
        return granted.contains(name);
    }

    private Answer denied() {
        return errors.error(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
    }
}
