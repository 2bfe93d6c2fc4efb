package dev.usher.flow;

import java.time.Instant;
import java.util.List;

/**
 * The whole flow at one moment.
 *
 * @param at when the figures were taken
 * @param level the worst of the reasons; good without any
 * @param headline the verdict in one sentence
 * @param reasons why it is not good, the worst first
 */
public record FlowFigures(
        Instant at,
        Level level,
        String headline,
        List<Reason> reasons,
        List<SourceFigures> sources,
        StationFigures router,
        List<StationFigures> destinations) {

    /** Whether people arrive. */
    public boolean isHealthy() {
        return level == Level.GOOD;
    }
}
