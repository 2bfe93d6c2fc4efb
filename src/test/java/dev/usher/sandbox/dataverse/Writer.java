package dev.usher.sandbox.dataverse;

/**
 * Who writes, and how.
 *
 * @param user id of the system user
 * @param tag the {@code tag} query parameter; empty when there was none
 * @param silent whether asynchronous steps are left out, as {@code MSCRM.BypassBusinessLogicExecution: CustomAsync} asks
 * @param refusesDuplicates whether duplicate detection rules bite, as {@code MSCRM.SuppressDuplicateDetection: false} asks
 */
record Writer(String user, String tag, boolean silent, boolean refusesDuplicates) {
    static final String APPLICATION_USER = "0a000000-0000-4000-8000-00000000a991";
    static final String SOMEBODY = "0a000000-0000-4000-8000-0000000007e5";

    /** A person in front of Dataverse. */
    static Writer somebody(boolean webhook) {
        return new Writer(SOMEBODY, "", !webhook, false);
    }
}
