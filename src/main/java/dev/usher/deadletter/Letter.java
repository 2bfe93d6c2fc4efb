package dev.usher.deadletter;

import dev.usher.destination.Destinations;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One delivery given up.
 *
 * @param at when it was given up
 * @param subject the Entra object id, or a contact's id; null when the event named nobody
 * @param destination the destination's folder name, or {@code router}
 * @param event the event's id
 * @param type what the event says, such as {@code user.updated}
 * @param reason why, with the vendor's code where it sent one
 * @param words what the vendor said, without names, addresses and values; null when that was nothing
 * @param attempts how many tries were made
 * @param state {@code open}, {@code replayed}, {@code dismissed}, or {@code resolved}: it needed nobody, the note says why
 * @param decidedAt when it ceased to be open; null while it is
 * @param decidedBy who replayed or dismissed it; null while it is open, {@code usher} when it resolved itself
 * @param moving whether it is decided, and its message is still on its way
 * @param outcome what became of a replay; null for any other, and while nothing has
 */
public record Letter(
        String id,
        Instant at,
        @Nullable String subject,
        String destination,
        String event,
        String type,
        String reason,
        @Nullable String words,
        int attempts,
        String state,
        @Nullable Instant decidedAt,
        @Nullable String decidedBy,
        @Nullable String note,
        boolean moving,
        @Nullable String outcome) {

    boolean isOpen() {
        return state.equals(LetterTable.OPEN);
    }

    boolean isReplayed() {
        return state.equals(LetterTable.REPLAYED);
    }

    /** Whether the router could not route it, so that the message is an event as it came. */
    boolean isOfRouter() {
        return destination.equals(Destinations.ROUTER);
    }

    /** The id of the event by which it is replayed. */
    String replay() {
        return "replay/" + id;
    }

    Letter with(@Nullable String newOutcome) {
        return new Letter(
                id,
                at,
                subject,
                destination,
                event,
                type,
                reason,
                words,
                attempts,
                state,
                decidedAt,
                decidedBy,
                note,
                moving,
                newOutcome);
    }
}
