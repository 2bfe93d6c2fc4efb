package dev.usher.projection;

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
}
