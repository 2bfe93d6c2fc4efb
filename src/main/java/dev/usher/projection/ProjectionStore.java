package dev.usher.projection;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The SQL side of {@link Projections}. One implementation serves H2 and PostgreSQL; a contract test holds it to this. */
interface ProjectionStore {

    /** All that is known of these users, in one statement. A user nobody has heard of is missing from the answer. */
    Map<String, Known> find(Collection<String> subjects);

    /** The contacts these users were last seen with, by user. A user without one is missing from the answer. */
    Map<String, LinkedContact> contacts(Collection<String> subjects);

    /** The user who was last seen with this contact; null when nobody was. */
    @Nullable
    String userOf(String contactId);

    /**
     * Writes all changes in one transaction, durable when it returns.
     *
     * <p>A {@link Person}, {@link LinkedContact} or {@link Projection} older than the stored one changes nothing; one of the same version
     * replaces it, so that writing the same twice is the same as once. Rows of the log are always added. A dead letter
     * whose id is there already is kept as it is.
     */
    void write(List<Change> changes);
}
