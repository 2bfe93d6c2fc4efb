package dev.usher.sandbox.dataverse;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.odata.Paging;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Call;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code Prefer: odata.track-changes}: all rows, then what changed since the delta link, in the order of the changes. A page continues
 * after the version it ended with; the delta link always goes back to where the first page began, so that nothing falls between.
 */
final class ChangeTracking {
    private static final Duration LIFETIME = Duration.ofDays(7);
    private static final Set<String> REFUSED = Set.of("$filter", "$orderby", "$expand", "$top");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("MM/dd/yyyy HH:mm:ss", Locale.ROOT);

    private final Organization organization;
    private final Clock clock;
    private long expired;

    ChangeTracking(Organization organization, Clock clock) {
        this.organization = organization;
        this.clock = clock;
    }

    /** Makes every token given out so far one that has run out. */
    void expireTokens() {
        expired = organization.version();
        organization.nextVersion();
    }

    void clear() {
        expired = 0;
    }

    private record Token(long version, Instant at) {}

    Answer answer(Call call, Table table, int pageSize) {
        Map<String, String> options = call.query();
        for (String option : REFUSED) {
            if (options.containsKey(option)) {
                throw DataverseErrors.badRequest(
                        "The query parameter " + option + " is not supported when tracking changes.");
            }
        }
        Query query = new Query(organization, table, options);
        String given = options.get("$deltatoken");
        Token since = given == null ? null : token(given);
        long[] place = place(options);
        long start = place == null ? organization.version() : place[1];
        long after = place != null ? place[0] : since == null ? 0 : since.version();

        ObjectNode body = query.body(WebApi.base(call), since == null ? "" : "/$delta");
        ArrayNode value = body.putArray("value");
        Iterator<Row> rows = organization.rows(table).changedAfter(after).iterator();
        long last = after;
        while (rows.hasNext() && value.size() < pageSize) {
            Row row = rows.next();
            value.add(query.shown(row));
            last = row.version();
        }
        if (rows.hasNext()) {
            body.put("@odata.nextLink", Paging.nextLink(call, last + "-" + start));
        } else {
            addDeleted(call, table, since, value);
            body.put("@odata.deltaLink", deltaLink(call, start));
        }
        return Answer.json(200, DataverseErrors.TYPE, body)
                .with("OData-Version", "4.0")
                .with("Preference-Applied", "odata.track-changes");
    }

    private void addDeleted(Call call, Table table, @Nullable Token since, ArrayNode value) {
        if (since != null) {
            organization
                    .rows(table)
                    .deletedAfter(since.version())
                    .forEach(id -> value.addObject()
                            .put("@odata.context", WebApi.base(call) + "$metadata#" + table.set() + "/$deletedEntity")
                            .put("id", id)
                            .put("reason", "deleted"));
        }
    }

    private static long @Nullable [] place(Map<String, String> options) {
        try {
            return Paging.place(options)
                    .map(text -> text.split("-"))
                    .map(parts -> new long[] {Long.parseLong(parts[0]), Long.parseLong(parts[1])})
                    .orElse(null);
        } catch (RuntimeException e) {
            throw DataverseErrors.badRequest("The skip token is invalid.");
        }
    }

    private String deltaLink(Call call, long version) {
        String stamp = STAMP.format(clock.instant().atOffset(ZoneOffset.UTC));
        String select = call.query().get("$select");
        return Paging.base(call) + call.path() + "?" + (select == null ? "" : "$select=" + select + "&")
                + "$deltatoken="
                + (version + "!" + stamp)
                        .replace("!", "%21")
                        .replace("/", "%2f")
                        .replace(" ", "%20")
                        .replace(":", "%3a");
    }

    private Token token(String text) {
        int mark = text.indexOf('!');
        try {
            Token token = new Token(
                    Long.parseLong(text.substring(0, Math.max(0, mark))),
                    LocalDateTime.parse(text.substring(mark + 1), STAMP).toInstant(ZoneOffset.UTC));
            if (token.version() <= expired
                    || token.at().isBefore(clock.instant().minus(LIFETIME))) {
                throw DataverseErrors.expiredToken();
            }
            return token;
        } catch (NumberFormatException | DateTimeParseException e) {
            throw DataverseErrors.badRequest("The delta token is invalid.");
        }
    }
}
