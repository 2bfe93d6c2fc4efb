package dev.usher.alert;

/**
 * One kind of trouble that an administrator must hear of. Every bean of this type is looked at on each tick of the route
 * {@code report-alarms}; a new alarm is a new bean and nothing else.
 */
public interface Alarm {

    /** Its name in the table {@code alarm}, in Message-IDs and in the log: lower-case words joined by {@code -}. */
    String name();

    /** What is the case now. Called in the transaction in which {@link #noted} may follow. */
    Sighting look();

    /**
     * A mail, or without an administrator's address a line in the log, is going to tell this sighting; it must not count
     * as news again. Takes part in the transaction that makes the mail durable.
     */
    default void noted(Sighting sighting) {}
}
