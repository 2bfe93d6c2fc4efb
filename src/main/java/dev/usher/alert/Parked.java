package dev.usher.alert;

import org.jspecify.annotations.Nullable;

/**
 * One delivery given up, as a mail tells it.
 *
 * @param id of the dead letter
 * @param at when it was given up, in milliseconds since the epoch
 * @param subject the Entra object id; null when the event named nobody
 * @param eventId told in place of the subject when there is none
 */
record Parked(String id, long at, @Nullable String subject, String destination, String eventId, String reason) {

    /** What the delivery was about. */
    String about() {
        return subject == null ? "event " + eventId : "user " + subject;
    }
}
