package dev.usher.projection;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All we know of one user.
 *
 * @param person null for somebody never routed before
 * @param projections by destination
 */
public record Known(@Nullable Person person, Map<String, Projection> projections) {

    public @Nullable Projection in(String destination) {
        return projections.get(destination);
    }

    /** Whether the destination is known to hold a record of this user. */
    public boolean existsIn(String destination) {
        var projection = projections.get(destination);
        return projection != null && projection.remoteId() != null;
    }
}
