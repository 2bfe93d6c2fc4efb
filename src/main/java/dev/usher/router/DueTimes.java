package dev.usher.router;

import dev.usher.delivery.Backlog;
import dev.usher.destination.Destinations;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Lets a message wait in its queue until what follows can go in the same call: for {@code settle}, and where ids of other
 * destinations will follow, for as long as those destinations need for what waits before this user, at most {@code
 * settle-most}. So a burst costs the directory one write for each user, too.
 */
@Component
final class DueTimes {

    private final Destinations destinations;
    private final Backlog backlog;
    private final Clock clock;

    DueTimes(Destinations destinations, Backlog backlog, Clock clock) {
        this.destinations = destinations;
        this.backlog = backlog;
        this.clock = clock;
    }

    /** Notes for each destination that is due when it wants to see this user, if that is later than now. */
    void plan(Routing routing, List<String> due) {
        for (var destination : due) {
            var settings = destinations.get(destination).settings();
            if (!settings.settle().isZero()) {
                var longest = settings.settleFor().stream()
                        .filter(due::contains)
                        .filter(other -> !routing.known.existsIn(other))
                        .map(backlog::of)
                        .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) >= 0 ? a : b)
                        .plus(settings.settle());
                var wait = longest.compareTo(settings.settleMost()) < 0 ? longest : settings.settleMost();
                routing.notBefore.put(destination, clock.millis() + wait.toMillis());
            }
            backlog.queued(destination);
        }
    }
}
