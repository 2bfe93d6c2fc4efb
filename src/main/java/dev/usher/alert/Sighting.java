package dev.usher.alert;

import java.util.List;

/**
 * What an alarm saw when it was looked at.
 *
 * @param raised whether there is trouble
 * @param news ids of what was not told yet; a digest is sent only when there are some
 * @param subject of the mail and the line in the log: one line of our own words, numbers and folder names
 * @param text of the mail; no names, no addresses
 */
public record Sighting(boolean raised, List<String> news, String subject, String text) {

    /** Trouble. @param subject after {@code Usher:} @param text what is the case, and what to do */
    public static Sighting trouble(String subject, String text) {
        return new Sighting(true, List.of(), "Usher: " + subject, text + "\n");
    }

    /** No trouble, or no more. @param subject after {@code Usher: all clear,} */
    public static Sighting clear(String subject) {
        return new Sighting(false, List.of(), "Usher: all clear, " + subject, "Nothing is to be done.\n");
    }
}
