package dev.usher.sandbox.entra;

import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Call;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The application permissions that an administrator has consented to. All that Usher may need unless set; a change holds at
 * once, where Entra's holds with the next token.
 */
final class Permissions {
    static final List<String> ALL = List.of(
            "AppRoleAssignment.ReadWrite.All",
            "AuditLog.Read.All",
            "Directory.Read.All",
            "GroupMember.ReadWrite.All",
            "User.ReadWrite.All");

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
            boolean ofUsers = path.startsWith("/users") && has("User.ReadWrite.All");
            boolean ofGroups = path.startsWith("/groups") && has("GroupMember.ReadWrite.All");
            return has("Directory.Read.All") || ofUsers || ofGroups ? null : denied();
        }
        String needed = path.contains("/appRoleAssign")
                ? "AppRoleAssignment.ReadWrite.All"
                : path.startsWith("/groups") ? "GroupMember.ReadWrite.All" : "User.ReadWrite.All";
        return has(needed) ? null : denied();
    }

    private boolean has(String name) {
        return granted.contains(name);
    }

    private Answer denied() {
        return errors.error(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
    }
}
