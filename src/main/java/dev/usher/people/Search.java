package dev.usher.people;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a search found.
 *
 * @param soughtBy what the text was taken for: {@code id} or {@code e-mail}; the text itself is not repeated
 * @param items at most 50
 * @param candidate the text, where it may be the object id of a user whom Usher has not seen, and who can be synchronised;
 *     null otherwise
 * @param hint why nobody may have been found, and what to do; null when somebody was
 */
public record Search(
        String soughtBy,
        List<Hit> items,
        @Nullable String candidate,
        @Nullable String hint) {

    /**
     * One person.
     *
     * @param subject the object id; of a contact that belongs to nobody, the contact's id
     * @param foundBy what it was found by, such as {@code object id} or {@code id in Stripe}
     * @param state {@code active}, {@code disabled}, {@code deleted}, or {@code not routed} for who is in the log alone
     * @param changedAt when the change happened that was routed last; null for who was not routed
     */
    public record Hit(
            String subject,
            String foundBy,
            String state,
            @Nullable Instant changedAt) {}
}
