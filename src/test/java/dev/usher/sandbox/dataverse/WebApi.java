package dev.usher.sandbox.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.odata.Paging;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Call;
import dev.usher.sandbox.server.Json;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /api/data/v9.2/}: rows and lists of rows. */
final class WebApi {
    static final String PATH = "/api/data/v9.2/";
    static final int LARGEST_PAGE = 5000;
    private static final HttpString PREFER = new HttpString("Prefer");
    private static final HttpString BYPASS = new HttpString("MSCRM.BypassBusinessLogicExecution");
    private static final HttpString DUPLICATES = new HttpString("MSCRM.SuppressDuplicateDetection");
    private static final Pattern ROW = Pattern.compile("([A-Za-z_]+)\\(([^)]*)\\)(?:/(.+))?");
    private static final Pattern PAGE_SIZE = Pattern.compile("odata\\.maxpagesize=(\\d{1,5})");

    private final Organization organization;
    private final Payload payload;
    private final ChangeTracking changes;
    private final WebRoles roles;

    WebApi(Organization organization, ChangeTracking changes, WebRoles roles) {
        this.organization = organization;
        this.payload = new Payload(organization);
        this.changes = changes;
        this.roles = roles;
    }

    static String base(Call call) {
        return Paging.base(call) + PATH;
    }

    /** @throws Refusal with Dataverse's error */
    Answer answer(Call call) {
        String path = call.path().substring(PATH.length());
        if (path.equals("WhoAmI") && call.method().equals("GET")) {
            return ok(Json.object()
                    .put("@odata.context", base(call) + "$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse")
                    .put("BusinessUnitId", RemoteExecution.BUSINESS_UNIT)
                    .put("UserId", Writer.APPLICATION_USER)
                    .put("OrganizationId", RemoteExecution.ORGANIZATION));
        }
        Matcher row = ROW.matcher(path);
        if (!row.matches()) {
            return collection(call, table(path));
        }
        Table table = table(row.group(1));
        if (!Table.isId(row.group(2))) {
            throw DataverseErrors.badRequest(
                    "The specified key of '" + table.name() + "' is not defined: " + row.group(2));
        }
        String id = row.group(2).toLowerCase(Locale.ROOT);
        return row.group(3) == null ? one(call, table, id) : roles.answer(call, existing(table, id), row.group(3));
    }

    private Table table(String set) {
        Table table = Tables.BY_SET.get(set);
        if (table == null || !roles.knows(table)) {
            throw DataverseErrors.noSegment(set);
        }
        return table;
    }

    private Row existing(Table table, String id) {
        Row row = organization.rows(table).get(id);
        if (row == null) {
            throw DataverseErrors.noRow(table, id);
        }
        return row;
    }

    private Answer collection(Call call, Table table) {
        return switch (call.method()) {
            case "GET" -> list(call, table);
            case "POST" -> organization.atomically(() -> create(call, table, body(call, table)));
            default -> throw DataverseErrors.notAllowed(call.method());
        };
    }

    private Answer list(Call call, Table table) {
        boolean tracked = prefers(call, "odata.track-changes");
        int pageSize = pageSize(call);
        if (tracked || call.query().containsKey("$deltatoken")) {
            return changes.answer(call, table, pageSize);
        }
        Query query = new Query(organization, table, call.query());
        List<Row> rows = query.matches();
        Integer top = query.top();
        int from = from(call);
        int end = Math.min(rows.size(), from + (top == null ? pageSize : Math.min(top, pageSize)));
        ObjectNode body = query.body(base(call), "");
        if ("true".equals(call.query().get("$count"))) {
            body.put("@odata.count", rows.size());
        }
        ArrayNode value = body.putArray("value");
        rows.subList(Math.min(from, end), end).forEach(row -> value.add(query.shown(row)));
        if (top == null && end < rows.size()) {
            body.put("@odata.nextLink", Paging.nextLink(call, Integer.toString(end)));
        }
        return ok(body);
    }

    private static int from(Call call) {
        try {
            return Paging.place(call.query()).map(Integer::parseInt).orElse(0);
        } catch (IllegalArgumentException e) {
            throw DataverseErrors.badRequest("The skip token is invalid.");
        }
    }

    private Answer one(Call call, Table table, String id) {
        return switch (call.method()) {
            case "GET" -> read(call, existing(table, id));
            case "PATCH" -> organization.atomically(() -> patch(call, table, id));
            case "DELETE" -> organization.atomically(() -> delete(call, existing(table, id)));
            default -> throw DataverseErrors.notAllowed(call.method());
        };
    }

    private Answer read(Call call, Row row) {
        if (row.etag().equals(call.header(Headers.IF_NONE_MATCH))) {
            return Answer.empty(304);
        }
        Query query = new Query(organization, row.table(), call.query());
        ObjectNode body = query.body(base(call), "/$entity");
        body.setAll(query.shown(row));
        return ok(body).with("ETag", row.etag());
    }

    private Answer patch(Call call, Table table, String id) {
        Row before = organization.rows(table).get(id);
        ObjectNode values = body(call, table);
        String match = call.header(Headers.IF_MATCH);
        if (before == null) {
            if (match != null) {
                throw DataverseErrors.noRow(table, id);
            }
            return create(call, table, values.put(table.key(), id));
        }
        if ("*".equals(call.header(Headers.IF_NONE_MATCH))) {
            throw DataverseErrors.exists();
        }
        checkVersion(match, before);
        values.remove(table.key());
        return written(call, 200, organization.update(before, values, writer(call)));
    }

    private Answer create(Call call, Table table, ObjectNode values) {
        table.needed().stream()
                .filter(member -> !values.hasNonNull(member))
                .findFirst()
                .ifPresent(member -> {
                    throw new Refusal(DataverseErrors.error(
                            400,
                            "0x80040203",
                            "Required field '" + member + "' of '" + table.name() + "' is missing."));
                });
        if (table.equals(Tables.STEP) && values.path("mode").asInt() != 1) {
            throw DataverseErrors.badPayload("this organisation takes asynchronous steps only (mode 1).");
        }
        return written(call, 201, organization.create(table, values, writer(call)));
    }

    private Answer delete(Call call, Row row) {
        checkVersion(call.header(Headers.IF_MATCH), row);
        organization.delete(row, writer(call));
        return Answer.empty(204).with("OData-Version", "4.0");
    }

    private static void checkVersion(@Nullable String match, Row row) {
        if (match != null && !match.equals("*") && !match.equals(row.etag())) {
            throw DataverseErrors.otherVersion();
        }
    }

    private Answer written(Call call, int status, Row row) {
        String place = base(call) + row.table().set() + "(" + row.id() + ")";
        if (!prefers(call, "return=representation")) {
            return Answer.empty(204).with("OData-Version", "4.0").with("OData-EntityId", place);
        }
        ObjectNode body = Json.object()
                .put("@odata.context", base(call) + "$metadata#" + row.table().set() + "/$entity");
        body.setAll(new Query(organization, row.table(), call.query()).shown(row));
        return Answer.json(status, DataverseErrors.TYPE, body)
                .with("OData-Version", "4.0")
                .with("OData-EntityId", place)
                .with("Preference-Applied", "return=representation");
    }

    private ObjectNode body(Call call, Table table) {
        JsonNode body = call.json().orElseThrow(() -> DataverseErrors.badPayload("the body is no JSON."));
        return payload.read(table, body);
    }

    static Writer writer(Call call) {
        String bypass = call.header(BYPASS);
        return new Writer(
                Writer.APPLICATION_USER,
                call.query().getOrDefault("tag", ""),
                bypass != null && bypass.contains("CustomAsync"),
                "false".equals(call.header(DUPLICATES)));
    }

    private static boolean prefers(Call call, String preference) {
        String prefer = call.header(PREFER);
        return prefer != null && prefer.contains(preference);
    }

    private static int pageSize(Call call) {
        String prefer = call.header(PREFER);
        Matcher size = PAGE_SIZE.matcher(prefer == null ? "" : prefer);
        return size.find() ? Math.max(1, Math.min(LARGEST_PAGE, Integer.parseInt(size.group(1)))) : LARGEST_PAGE;
    }

    static Answer ok(ObjectNode body) {
        return Answer.json(200, DataverseErrors.TYPE, body).with("OData-Version", "4.0");
    }
}
