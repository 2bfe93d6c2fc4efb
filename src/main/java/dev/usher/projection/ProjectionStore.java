package dev.usher.projection;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The SQL side of {@link Projections}. One implementation serves H2 and PostgreSQL; a contract test holds it to this. */
interface ProjectionStore {

    /** All that is known of these users, in one statement. A user nobody has heard of is missing from the answer. */
    Map<String, Known> find(Collection<String> subjects);

    /**
     * Writes all changes in one transaction, durable when it returns.
     *
     * <p>A {@link Person} or {@link Projection} older than the stored one changes nothing; one of the same version
     * replaces it, so that writing the same twice is the same as once. Rows of the log are always added. A dead letter
     * whose id is there already is kept as it is.
     */
    void write(List<Change> changes);
}
