package dev.usher.projection;

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
     * @param directory keyed hash of the value that the directory showed then
     * @param contact keyed hash of the value that the contact showed then
     */
    public record Value(String routed, String directory, String contact) {}
}
