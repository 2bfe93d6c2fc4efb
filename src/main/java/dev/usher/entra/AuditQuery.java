package dev.usher.entra;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks for records, oldest first.
 *
 * @param from the oldest activity wanted, inclusive
 * @param to the newest activity wanted, inclusive; null for no end
 * @param activities their display names, at least one
 * @param pageSize records per page, 1 to 1000
 */
record AuditQuery(Instant from, @Nullable Instant to, List<String> activities, int pageSize) {

    /** The query as an OData filter of what the log can filter by. */
    String filter() {
        var names = activities.stream()
                .map(name -> "activityDisplayName eq '" + name.replace("'", "''") + "'")
                .collect(Collectors.joining(" or ", "(", ")"));
        var until = to == null ? "" : " and activityDateTime le " + to;
        return "activityDateTime ge " + from + until + " and " + names;
    }
}
