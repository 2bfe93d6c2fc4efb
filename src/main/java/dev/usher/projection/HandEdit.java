package dev.usher.projection;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a deep reconciliation found in a destination that nobody but a person there can have done. Written once for each
 * event and destination; a second one changes nothing.
 *
 * @param eventId the event of the reconciliation; it begins with the number of the run
 * @param finding {@link #CHANGED} or {@link #REMOVED}
 * @param at when, in milliseconds since the epoch
 */
public record HandEdit(String eventId, String destination, String subject, String finding, long at) implements Change {

    /** The record is there, and holds something else than we wrote. */
    public static final String CHANGED = "hand-edited";

    /** The record is no longer there. */
    public static final String REMOVED = "removed by hand";

    private static final Pattern OF_A_RUN = Pattern.compile("([0-9]{1,18})/.*");

    /** The reconciliation whose event this is; null for the event of an operator. */
    @Nullable
    Long run() {
        var parts = OF_A_RUN.matcher(eventId);
        return parts.matches() ? Long.valueOf(parts.group(1)) : null;
    }
}
