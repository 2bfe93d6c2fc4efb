package dev.usher.people;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Usher knows of one person now.
 *
 * @param subject the object id
 * @param known whether anything at all is known
 * @param state {@code active}, {@code disabled}, {@code deleted}, or {@code not routed}
 * @param text the same in words
 * @param changedAt when the change happened that was routed last; null for who was not routed
 * @param toldBy the source that told of the person first; null when that was not remembered
 * @param contactId the contact in Dataverse the person was last seen with; null when there is none
 * @param destinations by name, also those switched off
 * @param deadLetters what was given up and is neither replayed nor dismissed, newest first
 */
public record Overview(
        String subject,
        boolean known,
        String state,
        String text,
        @Nullable Instant changedAt,
        @Nullable String toldBy,
        @Nullable String contactId,
        List<Standing> destinations,
        List<OpenLetter> deadLetters) {

    /**
     * What one destination holds, as far as Usher knows.
     *
     * @param destination its folder name
     * @param state of the projection, such as {@code current}; {@code waiting} while a newer change is on its way, {@code
     *     unknown} where nothing was delivered yet, {@code off} where it is switched off
     * @param text the same in words, with the reason
     * @param remoteId its own id of the person; null when nothing is known to exist there
     * @param changedAt when the change happened that it holds; null when it holds none
     * @param mappingOutdated whether its mapping, or its rules, changed since
     * @param nextTryAt not before when a try that failed is repeated; null when none waits, or nobody knows
     */
    public record Standing(
            String destination,
            String title,
            String state,
            String text,
            @Nullable String remoteId,
            @Nullable Instant changedAt,
            boolean mappingOutdated,
            @Nullable Instant nextTryAt) {}

    /**
     * A delivery given up.
     *
     * @param id by which it is replayed or dismissed
     * @param attempts how many tries were made
     */
    public record OpenLetter(String id, Instant at, String destination, String title, String reason, int attempts) {}
}
