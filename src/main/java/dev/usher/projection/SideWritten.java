package dev.usher.projection;

import org.jspecify.annotations.Nullable;

/**
 * A side, the directory or a contact, was written and now shows these values. Of the groups of attributes in which that is
 * the value last routed, and the side showed another one then, the time is kept; nothing is made where no contact is known.
 *
 * @param contactId the contact that was written; null when it was the directory
 * @param names keyed hash of what the side shows now; so are {@code email} and {@code consent}
 * @param at when, in milliseconds since the epoch
 */
public record SideWritten(
        String subject, @Nullable String contactId, String names, String email, String consent, long at)
        implements Change {}
