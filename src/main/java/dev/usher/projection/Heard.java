package dev.usher.projection;

/**
 * Who first told us of a user. Written with the user's first {@link Person}; a second one changes nothing.
 *
 * @param subject the Entra object id
 * @param source the event's source, such as {@code /entra/audit-log}
 */
public record Heard(String subject, String source) implements Change {}
