package dev.usher.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing somebody did.
 *
 * @param id grows with time; the cursor of pages
 * @param at when, in UTC
 * @param by the name of the user who did it, {@code command line}, or {@code unknown} for a sign-in that failed
 * @param action what, as verb and object in lower case, such as {@code release mass change}
 * @param target what it was done to: an id or a name, never personal data
 * @param detail what else must be known, or null
 */
public record AuditEntry(
        long id,
        Instant at,
        String by,
        String action,
        String target,
        @Nullable String detail) {}
