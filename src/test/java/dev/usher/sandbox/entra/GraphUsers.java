package dev.usher.sandbox.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.odata.ODataFilter;
import dev.usher.sandbox.odata.ODataFilter.Condition;
import dev.usher.sandbox.odata.Paging;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Call;
import dev.usher.sandbox.server.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /v1.0/users}: list, read, change, delete. */
final class GraphUsers {
    private static final List<String> DEFAULT_PROPERTIES = List.of(
            "businessPhones",
            "displayName",
            "givenName",
            "jobTitle",
            "mail",
            "mobilePhone",
            "officeLocation",
            "preferredLanguage",
            "surname",
            "userPrincipalName",
            "id");
    private static final Set<String> OPTIONS = Set.of("$select", "$top", "$filter", "$skiptoken", "$orderby");
    private static final Set<String> EQUAL_ONLY = Set.of(
            "identities/issuerAssignedId",
            "identities/issuer",
            "identities/signInType",
            "mail",
            "id",
            "userType",
            "accountEnabled",
            "creationType");
    private static final Set<String> EQUAL_OR_START =
            Set.of("displayName", "givenName", "surname", "userPrincipalName");
    private static final Set<String> COMPARED = Set.of("eq", "ge", "le");
    private static final int DEFAULT_PAGE = 100;
    private static final int LARGEST_PAGE = 999;

    private final Directory directory;
    private final GraphErrors errors;
    private final UserPatch patches;
    private final Clock clock;
    private volatile Duration echoDelay = Duration.ZERO;
    private volatile boolean b2c;

    GraphUsers(Directory directory, GraphErrors errors, Clock clock) {
        this.directory = directory;
        this.errors = errors;
        this.patches = new UserPatch(errors, directory.extensions());
        this.clock = clock;
    }

    void echoDelay(Duration delay) {
        echoDelay = delay;
    }

    /** Whether the tenant is one of Azure AD B2C, which takes ten distinct {@code mail} values per user, ever. */
    void b2c(boolean isB2c) {
        b2c = isB2c;
    }

    Answer answer(Call call, String rest) {
        if (rest.equals("delta")) {
            return errors.badRequest("Tracking changes of users is not supported in this tenant.");
        }
        if (rest.isEmpty()) {
            return call.method().equals("GET")
                    ? list(call)
                    : errors.error(
                            405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.");
        }
        DirectoryUser user = directory.find(rest);
        if (user == null || !user.readable(clock.instant())) {
            return errors.notFound(rest);
        }
        return switch (call.method()) {
            case "GET" -> read(call, user);
            case "PATCH" ->
                call.json()
                        .map(patch -> patch(user, patch, change(null, echoDelay, AuditRecord.Initiator.APP)))
                        .orElseGet(() -> errors.badRequest("Unable to read JSON request payload."));
            case "DELETE" -> {
                directory.delete(user.id(), change(null, echoDelay, AuditRecord.Initiator.APP));
                yield Answer.empty(204);
            }
            default ->
                errors.error(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.");
        };
    }

    static Directory.Change change(@Nullable Instant happened, Duration delay, AuditRecord.Initiator initiator) {
        return new Directory.Change(happened, delay, initiator);
    }

    /** Checks and carries out a patch: Usher's over Graph, or an administrator's over the control API. */
    Answer patch(DirectoryUser seen, JsonNode patch, Directory.Change how) {
        Answer refusal = patches.refusal(patch);
        if (refusal != null) {
            return refusal;
        }
        synchronized (directory) {
            DirectoryUser user = Optional.ofNullable(directory.find(seen.id())).orElse(seen);
            Set<String> mails = UserPatch.mails(user.mailsSet(), patch, b2c);
            if (mails == null) {
                return errors.badRequest("One or more property values specified are invalid.");
            }
            try {
                directory.change(user, patches.applyTo(user.properties(), patch), mails, how);
                return Answer.empty(204);
            } catch (Directory.ConflictException e) {
                return errors.conflict(e.property());
            }
        }
    }

    private Answer read(Call call, DirectoryUser user) {
        for (String option : call.query().keySet()) {
            if (option.startsWith("$") && !option.equals("$select")) {
                return errors.unsupported("Query option '" + option + "' is not supported for this request.");
            }
        }
        ObjectNode body = Json.object().put("@odata.context", context(call) + "/$entity");
        select(user.properties(), call.query().get("$select"), body);
        return Answer.json(200, GraphErrors.TYPE, body);
    }

    private Answer list(Call call) {
        Map<String, String> query = call.query();
        for (String option : query.keySet()) {
            if (option.startsWith("$") && !OPTIONS.contains(option)) {
                return errors.unsupported("Query option '" + option + "' is not supported for this request.");
            }
        }
        if (query.containsKey("$orderby") && query.containsKey("$filter")) {
            return errors.unsupported("Sorting not supported for current query.");
        }
        int top;
        long place;
        Condition wanted;
        try {
            top = Paging.top(query, DEFAULT_PAGE, LARGEST_PAGE);
            place = Paging.place(query).map(Long::parseLong).orElse(0L);
            wanted = query.containsKey("$filter") ? ODataFilter.parse(query.get("$filter"), GraphUsers::allowed) : null;
        } catch (IllegalArgumentException e) {
            return errors.error(400, "Request_UnsupportedQuery", String.valueOf(e.getMessage()));
        }
        return page(call, wanted, top, place);
    }

    private Answer page(Call call, @Nullable Condition wanted, int top, long place) {
        Instant now = clock.instant();
        ObjectNode body = Json.object().put("@odata.context", context(call));
        ArrayNode value = Json.array();
        NavigableMap<Long, String> rest = directory.after(place);
        long last = place;
        for (Map.Entry<Long, String> one : rest.entrySet()) {
            DirectoryUser user = directory.find(one.getValue());
            if (user == null || !user.readable(now) || (wanted != null && !wanted.holds(user::value))) {
                continue;
            }
            if (value.size() == top) {
                body.put("@odata.nextLink", Paging.nextLink(call, String.valueOf(last)));
                break;
            }
            select(user.properties(), call.query().get("$select"), value.addObject());
            last = one.getKey();
        }
        body.set("value", value);
        return Answer.json(200, GraphErrors.TYPE, body);
    }

    private static void select(ObjectNode user, @Nullable String select, ObjectNode target) {
        List<String> names =
                select == null || select.isEmpty() ? DEFAULT_PROPERTIES : List.of(select.split("\\s*,\\s*"));
        for (String name : names) {
            JsonNode value = user.get(name);
            if (value != null) {
                target.set(name, value);
            } else if (!name.startsWith("extension_")) {
                target.putNull(name);
            }
        }
        if (select != null && !target.has("id")) {
            target.set("id", user.get("id"));
        }
    }

    private static boolean allowed(String property, String operator) {
        if (property.equals("createdDateTime")) {
            return COMPARED.contains(operator);
        }
        if (EQUAL_OR_START.contains(property)) {
            return operator.equals("eq") || operator.equals("startswith");
        }
        return operator.equals("eq") && (EQUAL_ONLY.contains(property) || property.startsWith("extension_"));
    }

    private static String context(Call call) {
        String select = call.query().get("$select");
        return Paging.base(call) + "/v1.0/$metadata#users" + (select == null ? "" : "(" + select + ")");
    }
}
