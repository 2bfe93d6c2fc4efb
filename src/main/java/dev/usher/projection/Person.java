package dev.usher.projection;

import org.jspecify.annotations.Nullable;

/**
 * What the directory last told us of one user.
 *
 * @param subject the Entra object id
 * @param version time of the event that last changed the content, in microseconds since the epoch
 * @param contentHash keyed hash of the user as the router read it
 * @param emailHash keyed hash of the primary address; null when the user has none
 * @param deleted whether the last change was a deletion
 * @param disabled whether the account was disabled when the router last read it; false for who is deleted
 */
public record Person(
        String subject,
        long version,
        String contentHash,
        @Nullable String emailHash,
        boolean deleted,
        boolean disabled) implements Change {}
