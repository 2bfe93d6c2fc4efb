package dev.usher.sandbox.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Json;
import dev.usher.sandbox.server.RandomIds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a webhook: a RemoteExecutionContext as Dataverse's serialiser writes it, slashes escaped, three spellings of dates. */
final class RemoteExecution {
    static final String ORGANIZATION = "0a000000-0000-4000-8000-00000000009a";
    static final String ORGANIZATION_NAME = "unq0sandbox";
    static final String BUSINESS_UNIT = "0a000000-0000-4000-8000-0000000000b0";
    static final int LARGEST = 256 * 1024;
    private static final String SCHEMA = ":http://schemas.microsoft.com/xrm/2011/Contracts";

    private final String correlation = RandomIds.uuid();
    private final Happening happening;
    private final ObjectNode context;

    RemoteExecution(Happening happening, Row step) {
        this.happening = happening;
        this.context = context(step);
    }

    String correlation() {
        return correlation;
    }

    /** Whether the body is over the limit, and so sent without its content. */
    boolean tooLarge() {
        return bytes(context).length > LARGEST;
    }

    byte[] body() {
        if (!tooLarge()) {
            return bytes(context);
        }
        ObjectNode stripped = context.deepCopy();
        stripped.remove(List.of("ParentContext", "InputParameters", "PreEntityImages", "PostEntityImages"));
        return bytes(stripped);
    }

    private static byte[] bytes(JsonNode node) {
        String text = new String(Json.bytes(node), StandardCharsets.UTF_8);
        return text.replace("/", "\\/").getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode context(Row step) {
        Row row = happening.row();
        String time = row.text("modifiedon");
        ObjectNode context = Json.object()
                .put("BusinessUnitId", BUSINESS_UNIT)
                .put("CorrelationId", correlation)
                .put("Depth", 1)
                .put("InitiatingUserAgent", "")
                .put("InitiatingUserAzureActiveDirectoryObjectId", "00000000-0000-0000-0000-000000000000")
                .put("InitiatingUserId", happening.writer().user());
        parameter(context.putArray("InputParameters"), "Target", target(row));
        context.put("IsExecutingOffline", false)
                .put("IsInTransaction", false)
                .put("IsOfflinePlayback", false)
                .put("IsolationMode", 1)
                .put("MessageName", happening.message())
                .put("Mode", 1)
                .put("OperationCreatedOn", date(time).replace(")", "-0700)"))
                .put("OperationId", RandomIds.uuid())
                .put("OrganizationId", ORGANIZATION)
                .put("OrganizationName", ORGANIZATION_NAME)
                .putArray("OutputParameters");
        context.set("OwningExtension", reference("sdkmessageprocessingstep", step.id(), step.text("name")));
        context.putNull("ParentContext");
        ArrayNode images = context.putArray("PostEntityImages");
        if (!happening.message().equals("Delete")) {
            parameter(images, "AsynchronousStepPrimaryName", image(row));
        }
        context.putArray("PreEntityImages");
        context.put("PrimaryEntityId", row.id())
                .put("PrimaryEntityName", row.table().name())
                .putNull("RequestId")
                .put("SecondaryEntityName", "none");
        ArrayNode shared = context.putArray("SharedVariables");
        if (!happening.writer().tag().isEmpty()) {
            shared.addObject().put("key", "tag").put("value", happening.writer().tag());
        }
        return context.put("Stage", 40).put("UserId", happening.writer().user());
    }

    private ObjectNode target(Row row) {
        if (happening.message().equals("Delete")) {
            ObjectNode reference = Json.object().put("__type", "EntityReference" + SCHEMA);
            reference.setAll(reference(row.table().name(), row.id(), null));
            return reference;
        }
        ObjectNode target = Json.object().put("__type", "Entity" + SCHEMA);
        ArrayNode attributes = target.putArray("Attributes");
        ArrayNode formatted = Json.array();
        attribute(attributes, row, row.table().key());
        for (Map.Entry<String, JsonNode> one : row.content().properties()) {
            if (written(row, one.getKey(), one.getValue())) {
                attribute(attributes, row, one.getKey());
                format(formatted, row, one.getKey());
            }
        }
        target.putNull("EntityState");
        target.set("FormattedValues", formatted);
        return ended(target, row);
    }

    private boolean written(Row row, String member, JsonNode value) {
        if (member.equals(row.table().key()) || member.equals("versionnumber")) {
            return false;
        }
        List<String> members = happening.members();
        return members == null ? !value.isNull() : members.contains(member);
    }

    private static ObjectNode image(Row row) {
        ObjectNode image = Json.object();
        attribute(image.putArray("Attributes"), row, "fullname");
        image.putNull("EntityState").putArray("FormattedValues");
        return ended(image, row);
    }

    private static ObjectNode ended(ObjectNode entity, Row row) {
        entity.put("Id", row.id()).putArray("KeyAttributes");
        entity.put("LogicalName", row.table().name()).putArray("RelatedEntities");
        return entity.putNull("RowVersion");
    }

    private static void attribute(ArrayNode attributes, Row row, String member) {
        if (!row.content().has(member)) {
            return;
        }
        String key = member.replaceFirst("^_(.+)_value$", "$1");
        parameter(attributes, key, value(row, member, key));
    }

    private static JsonNode value(Row row, String member, String key) {
        JsonNode value = row.content().get(member);
        if (value.isNull()) {
            return value;
        }
        if (Row.isTime(row.table(), member)) {
            return value.isNull() ? value : Json.object().textNode(date(value.textValue()));
        }
        if (!key.equals(member)) {
            ObjectNode reference = Json.object().put("__type", "EntityReference" + SCHEMA);
            reference.setAll(reference(key.endsWith("by") ? "systemuser" : "contact", value.textValue(), null));
            return reference;
        }
        return switch (row.table().columns().get(member).type()) {
            case CHOICE ->
                Json.object().put("__type", "OptionSetValue" + SCHEMA).put("Value", value.intValue());
            case MONEY -> {
                ObjectNode money = Json.object().put("__type", "Money" + SCHEMA);
                money.set("Value", value);
                yield money;
            }
            default -> value;
        };
    }

    private static void format(ArrayNode formatted, Row row, String member) {
        String value = row.text(member);
        if (value == null) {
            return;
        }
        if (Row.isTime(row.table(), member)) {
            formatted.addObject().put("key", member).put("value", value.replace("Z", "-00:00"));
        } else if (member.equals("statecode") || member.equals("statuscode")) {
            formatted.addObject().put("key", member).put("value", row.active() ? "Active" : "Inactive");
        }
    }

    private static ObjectNode reference(String table, String id, @Nullable String name) {
        ObjectNode reference = Json.object().put("Id", id);
        reference.putArray("KeyAttributes");
        return reference
                .put("LogicalName", table.toLowerCase(Locale.ROOT))
                .put("Name", name)
                .putNull("RowVersion");
    }

    private static String date(@Nullable String instant) {
        return "/Date(" + (instant == null ? 0 : Instant.parse(instant).toEpochMilli()) + ")/";
    }

    private static void parameter(ArrayNode list, String key, JsonNode value) {
        ObjectNode one = list.addObject().put("key", key);
        one.set("value", value);
    }
}
