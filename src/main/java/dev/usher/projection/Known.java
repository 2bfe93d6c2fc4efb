package dev.usher.projection;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All we know of one user.
 *
 * @param person null for somebody never routed before
 * @param projections by destination
 */
public record Known(@Nullable Person person, Map<String, Projection> projections) {

    /** The same, but for what is known of one destination. */
    public Known with(Projection projection) {
        var others = new HashMap<>(projections);
        others.put(projection.destination(), projection);
        return new Known(person, others);
    }

    public @Nullable Projection in(String destination) {
        return projections.get(destination);
    }

    /**
     * Whether this destination holds, or may hold by the time its queue is worked off, a record of this user. Somebody
     * never routed before is nowhere; a delivery that is still on its way may succeed.
     */
    public boolean mayExistIn(String destination) {
        var projection = projections.get(destination);
        return person != null
                && (projection == null
                        || projection.version() < person.version()
                        || projection.remoteId() != null
                        || projection.claim() != null);
    }

    /** Whether the destination is known to hold a record of this user. */
    public boolean existsIn(String destination) {
        var projection = projections.get(destination);
        return projection != null && projection.remoteId() != null;
    }
}
