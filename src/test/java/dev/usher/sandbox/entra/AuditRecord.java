package dev.usher.sandbox.entra;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the directory's audit log.
 *
 * @param happened the true time, in 100 ns steps as Entra writes it
 * @param visible from when on queries find it
 * @param changes property names to JSON texts of their new value, as in {@code modifiedProperties}
 */
record AuditRecord(
        String id,
        Activity activity,
        Instant happened,
        Instant visible,
        String correlationId,
        String userId,
        String userPrincipalName,
        Initiator initiator,
        Map<String, String> changes) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** What happened; the words are Entra's. */
    enum Activity {
        ADD_USER("Add user", "Core Directory", "UserManagement", "Add"),
        UPDATE_USER("Update user", "Core Directory", "UserManagement", "Update"),
        DISABLE_ACCOUNT("Disable account", "Core Directory", "UserManagement", "Update"),
        ENABLE_ACCOUNT("Enable account", "Core Directory", "UserManagement", "Update"),
        DELETE_USER("Delete user", "Core Directory", "UserManagement", "Delete"),
        RESTORE_USER("Restore user", "Core Directory", "UserManagement", "Update"),
        UPDATE_PASSWORD("Update PasswordProfile", "Core Directory", "UserManagement", "Update"),
        SIGNED_UP("A self-service sign-up request was completed", "B2C", "Authentication", ""),
        ISSUED_TOKEN("Issue an id_token to the application", "B2C", "Authentication", "");

        final String title;
        final String service;
        final String category;
        final String operation;

        Activity(String title, String service, String category, String operation) {
            this.title = title;
            this.service = service;
            this.category = category;
            this.operation = operation;
        }
    }

    /** Who did it, in the three shapes seen in the wild. */
    enum Initiator {
        APP,
        USER,
        NOBODY
    }

    /** The value of a property that may stand in a filter. */
    @Nullable
    Object value(String property) {
        return switch (property) {
            case "activityDateTime" -> happened;
            case "activityDisplayName" -> activity.title;
            case "loggedByService" -> activity.service;
            case "correlationId" -> correlationId;
            case "id" -> id;
            case "category" -> activity.category;
            default -> null;
        };
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("id", id)
                .put("category", activity.category)
                .put("correlationId", correlationId)
                .put("result", "success")
                .put("resultReason", "")
                .put("activityDisplayName", activity.title)
                .put("activityDateTime", TIME.format(happened))
                .put("loggedByService", activity.service)
                .put("operationType", activity.operation);
        initiatedBy(json.putObject("initiatedBy"));
        target(json.putArray("targetResources").addObject());
        ArrayNode details = json.putArray("additionalDetails");
        details.addObject().put("key", "User-Agent").put("value", "sandbox");
        details.addObject().put("key", "UserType").put("value", "Member");
        return json;
    }

    private void initiatedBy(ObjectNode by) {
        if (initiator == Initiator.APP) {
            by.putNull("user");
            by.putObject("app")
                    .putNull("appId")
                    .put("displayName", "sample sign-up service")
                    .put("servicePrincipalId", "3d1e0000-0000-4000-8000-000000000001")
                    .putNull("servicePrincipalName");
        } else if (initiator == Initiator.USER) {
            by.putNull("app");
            by.putObject("user")
                    .put("id", "5f5e0000-0000-4000-8000-000000000002")
                    .putNull("displayName")
                    .put("userPrincipalName", "administrator@" + EntraTenant.DOMAIN)
                    .putNull("ipAddress")
                    .putNull("userType")
                    .putNull("homeTenantId")
                    .putNull("homeTenantName");
        }
    }

    private void target(ObjectNode target) {
        target.put("id", userId)
                .putNull("displayName")
                .put("type", "User")
                .put("userPrincipalName", userPrincipalName)
                .putNull("groupType");
        ArrayNode properties = target.putArray("modifiedProperties");
        changes.forEach((name, value) -> properties
                .addObject()
                .put("displayName", name)
                .put("oldValue", "[]")
                .put("newValue", "[" + value + "]"));
        properties
                .addObject()
                .put("displayName", "Included Updated Properties")
                .putNull("oldValue")
                .put("newValue", "\"" + String.join(", ", changes.keySet()) + "\"");
        properties
                .addObject()
                .put("displayName", "TargetId.UserType")
                .putNull("oldValue")
                .put("newValue", "\"Member\"");
    }
}
