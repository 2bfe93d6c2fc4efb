package dev.usher.username;

import org.springframework.context.ApplicationContext;

/** The name that Usher would give somebody first, for tests in which somebody else already has it. */
public final class Proposal {

    private Proposal() {}

    /** The part before the {@code @}. */
    public static String first(ApplicationContext usher, String subject, String givenName, String surname) {
        return usher.getBean(UserNames.class).proposal(subject, givenName, surname, 0);
    }
}
