package dev.usher.sandbox.entra;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.entra.AuditLog.Key;
import dev.usher.sandbox.odata.ODataFilter;
import dev.usher.sandbox.odata.ODataFilter.Condition;
import dev.usher.sandbox.odata.Paging;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Call;
import dev.usher.sandbox.server.Json;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /v1.0/auditLogs/directoryAudits}: newest first unless ordered otherwise, nothing older than seven days. */
final class GraphAudits {
    static final int LARGEST_PAGE = 1000;
    private static final Set<String> OPTIONS = Set.of("$filter", "$orderby", "$top", "$skiptoken");
    private static final Set<String> TIMES = Set.of("eq", "ge", "le", "gt", "lt");
    private static final Set<String> EQUAL_ONLY = Set.of("correlationId", "id", "loggedByService", "category");

    private final AuditLog log;
    private final GraphErrors errors;
    private final Clock clock;
    private volatile int standardPage = LARGEST_PAGE;

    GraphAudits(AuditLog log, GraphErrors errors, Clock clock) {
        this.log = log;
        this.errors = errors;
        this.clock = clock;
    }

    /** Size of a page that is asked for without $top, and the most a page holds. */
    void pageSize(int size) {
        standardPage = size;
    }

    Answer answer(Call call, String id) {
        if (!call.method().equals("GET")) {
            return errors.error(
                    405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.");
        }
        if (!id.isEmpty()) {
            return single(call, id);
        }
        Map<String, String> query = call.query();
        for (String option : query.keySet()) {
            if (option.startsWith("$") && !OPTIONS.contains(option)) {
                return errors.unsupported("Query option '" + option + "' is not supported for this request.");
            }
        }
        try {
            String order =
                    query.getOrDefault("$orderby", "activityDateTime desc").trim();
            if (!order.matches("activityDateTime( asc| desc)?")) {
                throw new IllegalArgumentException("Invalid orderby clause: " + order);
            }
            Condition wanted =
                    query.containsKey("$filter") ? ODataFilter.parse(query.get("$filter"), GraphAudits::allowed) : null;
            int top = Math.min(Paging.top(query, standardPage, LARGEST_PAGE), standardPage);
            return page(call, wanted, !order.endsWith(" desc"), top);
        } catch (IllegalArgumentException e) {
            return errors.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private Answer page(Call call, @Nullable Condition wanted, boolean oldestFirst, int top) {
        Instant now = clock.instant();
        Instant floor = now.minus(AuditLog.RETENTION);
        Instant asked = wanted == null ? null : wanted.earliest("activityDateTime");
        NavigableMap<Key, AuditRecord> candidates = log.since(asked == null || asked.isBefore(floor) ? floor : asked);
        candidates = oldestFirst ? candidates : candidates.descendingMap();
        Key place = Paging.place(call.query()).map(GraphAudits::key).orElse(null);
        ObjectNode body =
                Json.object().put("@odata.context", Paging.base(call) + "/v1.0/$metadata#auditLogs/directoryAudits");
        ArrayNode value = Json.array();
        Key last = null;
        for (Map.Entry<Key, AuditRecord> one : candidates.entrySet()) {
            boolean behind = place != null
                    && (oldestFirst
                            ? one.getKey().compareTo(place) <= 0
                            : one.getKey().compareTo(place) >= 0);
            AuditRecord record = one.getValue();
            if (behind || record.visible().isAfter(now) || (wanted != null && !wanted.holds(record::value))) {
                continue;
            }
            if (last != null && value.size() == top) {
                body.put("@odata.nextLink", Paging.nextLink(call, text(last)));
                break;
            }
            value.add(record.toJson());
            last = one.getKey();
        }
        body.set("value", value);
        return Answer.json(200, GraphErrors.TYPE, body);
    }

    private Answer single(Call call, String id) {
        Instant now = clock.instant();
        return log.all().stream()
                .filter(record -> record.id().equals(id) && !record.visible().isAfter(now))
                .findFirst()
                .map(record -> Answer.json(200, GraphErrors.TYPE, record.toJson()))
                .orElseGet(() -> errors.notFound(id));
    }

    private static boolean allowed(String property, String operator) {
        return switch (property) {
            case "activityDateTime" -> TIMES.contains(operator);
            case "activityDisplayName" -> operator.equals("eq") || operator.equals("startswith");
            default -> operator.equals("eq") && EQUAL_ONLY.contains(property);
        };
    }

    private static String text(Key key) {
        return key.happened().getEpochSecond() + "_" + key.happened().getNano() + "_" + key.sequence();
    }

    private static Key key(String place) {
        String[] parts = place.split("_");
        return new Key(
                Instant.ofEpochSecond(Long.parseLong(parts[0]), Long.parseLong(parts[1])), Long.parseLong(parts[2]));
    }
}
