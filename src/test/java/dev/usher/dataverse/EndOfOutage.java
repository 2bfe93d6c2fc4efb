package dev.usher.dataverse;

import org.springframework.context.ApplicationContext;

/** Ends an outage of Dataverse, so that one test does not wait for what another one did. */
public final class EndOfOutage {

    private EndOfOutage() {}

    /** Contacts may be asked for again at once. */
    public static void restore(ApplicationContext usher) {
        usher.getBean(Outage.class).end();
    }
}
