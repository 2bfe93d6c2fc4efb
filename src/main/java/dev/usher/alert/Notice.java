package dev.usher.alert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * What is to be told of an alarm, to every channel alike.
 *
 * @param alarm the alarm's name
 * @param number 1 for the first of this alarm; 0 when there was none
 * @param decidedAt when it was decided to tell it, in milliseconds since the epoch
 */
public record Notice(String alarm, boolean raised, long number, long decidedAt, String subject, String text) {

    /** Of an alarm that was never raised. */
    static Notice none(String alarm) {
        return new Notice(alarm, false, 0, 0, "", "");
    }

    /** The next one of this alarm. */
    Notice next(Sighting sighting, long now) {
        return new Notice(alarm, sighting.raised(), number + 1, now, sighting.subject(), sighting.text());
    }

    /** The same for every try to tell it, another for every other notice, also when the state is lost and the numbers begin anew. */
    String id() {
        return alarm.replaceAll("[^A-Za-z0-9.-]+", "-") + '.' + number + '.' + decidedAt;
    }

    /** An object with {@code id}, {@code alarm}, {@code raised}, {@code at} (ISO 8601, UTC), {@code subject} and {@code text}. */
    ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id())
                .put("alarm", alarm)
                .put("raised", raised)
                .put("at", Instant.ofEpochMilli(decidedAt).toString())
                .put("subject", subject)
                .put("text", text);
    }
}
