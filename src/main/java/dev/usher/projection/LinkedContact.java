package dev.usher.projection;

import org.jspecify.annotations.Nullable;

/**
 * The contact a user was last seen with, and what was made of both.
 *
 * @param subject the Entra object id
 * @param contactId the contact's row id in Dataverse
 * @param version time of the event, in microseconds since the epoch
 * @param contestedAt version at which a value of the system that is not believed was overruled; 0 for never
 */
public record LinkedContact(
        String subject, String contactId, long version, Value names, Value email, Value consent, long contestedAt)
        implements Change {

    /**
     * One group of attributes.
     *
     * @param routed keyed hash of the value that was routed
     * @param lost keyed hash of another value that the system shows which is not believed; null when it shows the same
     */
    public record Value(String routed, @Nullable String lost) {}
}
