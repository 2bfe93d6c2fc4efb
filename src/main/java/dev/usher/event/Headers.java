package dev.usher.event;

/** What a message of Usher's queues says besides its event. Set by the router, and kept by every repeat. */
public final class Headers {

    /** Groups the messages of one user, so that they stay in order. */
    public static final String GROUP = "JMSXGroupID";

    /** How soon the message is wanted: 0 (last) to 9 (first). */
    public static final String PRIORITY = "JMSPriority";

    /** The Entra object id; of a contact's event without one the contact's id. */
    public static final String SUBJECT = "usherSubject";

    /** Time of the event, in microseconds since the epoch. */
    public static final String VERSION = "usherVersion";

    /** The event's id. */
    public static final String EVENT = "usherEvent";

    /** The event's type. */
    public static final String TYPE = "usherType";

    /** Keyed hash of the user that the event carries. */
    public static final String USER_HASH = "usherUserHash";

    /** Which try this is, from 1. */
    public static final String ATTEMPT = "usherAttempt";

    /** How often the destination refused what was proposed because it is taken. */
    public static final String VARIANT = "usherVariant";

    /** Somebody changed the record in this destination, and is overruled. */
    public static final String CONTESTED = "usherContested";

    /** A deep reconciliation wants this destination to look: {@code repair} or {@code dry-run}. */
    public static final String DEEP = "usherDeep";

    /** Set on a repeat: what a deep reconciliation found out at the try before. */
    public static final String FINDING = "usherFinding";

    /** When the directory's own message of the same fan-out is due, in milliseconds since the epoch; 0: it has none. */
    public static final String DIRECTORY_AT = "usherDirectoryAt";

    /** When Usher first had the event on a queue, in milliseconds since the epoch; every message that follows carries it. */
    public static final String SEEN = "usherSeen";

    /** The rule by which the destination gets this user. */
    public static final String RULE = "usherRule";

    /** An operator only wants to know what would be written; such a message never comes from a queue. */
    public static final String PLAN = "usherPlan";

    private Headers() {}
}
