package dev.usher.delivery;

import dev.usher.projection.Projection;
import dev.usher.projection.Projections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * What a delivery learned while Usher's own database did not answer. Its message goes back to the broker with a delay, and
 * a later one of the same user may pass it: that one must know first. It does not outlive the process.
 */
@Component
final class Unwritten {

    private final Projections projections;
    private final Map<List<String>, Projection> byRecord = new ConcurrentHashMap<>();

    Unwritten(Projections projections) {
        this.projections = projections;
    }

    /** Keeps this until it can be written; a second one about the same record takes the place of the first. */
    void keep(Projection projection) {
        byRecord.put(List.of(projection.subject(), projection.destination()), projection);
    }

    /**
     * Writes what was kept of this record, so that nobody decides without it. Costs nothing when there is nothing.
     *
     * @throws dev.usher.projection.StateUnavailable when the database still fails; it is kept then
     */
    void catchUp(String subject, String destination) {
        var record = List.of(subject, destination);
        var kept = byRecord.get(record);
        if (kept != null) {
            projections.write(List.of(kept));
            byRecord.remove(record, kept);
        }
    }
}
