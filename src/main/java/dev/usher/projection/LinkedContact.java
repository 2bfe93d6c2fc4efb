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
     * @param directoryAt when the routed value was written to the directory after that, in milliseconds since the epoch; 0
     *     for not yet
     * @param contactAt the same of the contact
     */
    public record Value(String routed, String directory, String contact, long directoryAt, long contactAt) {

        /** A value that was routed, and written nowhere yet. */
        public Value(String routed, String directory, String contact) {
            this(routed, directory, contact, 0, 0);
        }

        /** Whether both sides showed the same, and the same was routed. Where it was written since does not count. */
        public boolean isAsIn(Value other) {
            return routed.equals(other.routed) && directory.equals(other.directory) && contact.equals(other.contact);
        }
    }
}
