package dev.usher.health;

import dev.usher.delivery.PauseNotes;
import dev.usher.destination.Destination;
import dev.usher.destination.Destinations;
import java.time.Clock;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.NamedContributor;
import org.springframework.stereotype.Component;

/**
 * The component {@code destinations}, with one for each: {@code UP}, {@code PAUSED} (no call is let through until the time
 * told), {@code FAILING} (it has not answered since the time told, the next call tries again) or {@code OFF}. A vendor that is
 * down does not make Usher unwell: these words do not count for the status of the whole.
 */
@Component("destinationsHealthContributor")
final class DestinationsHealth implements CompositeHealthContributor {

    private final Destinations destinations;
    private final PauseNotes notes;
    private final Clock clock;

    DestinationsHealth(Destinations destinations, PauseNotes notes, Clock clock) {
        this.destinations = destinations;
        this.notes = notes;
        this.clock = clock;
    }

    @Override
    public @Nullable HealthContributor getContributor(String name) {
        return destinations.all().stream()
                .filter(destination -> destination.name().equals(name))
                .findFirst()
                .map(this::contributor)
                .orElse(null);
    }

    @Override
    public Iterator<NamedContributor<HealthContributor>> iterator() {
        return destinations.all().stream()
                .map(destination ->
                        NamedContributor.<HealthContributor>of(destination.name(), contributor(destination)))
                .iterator();
    }

    private HealthContributor contributor(Destination destination) {
        return (HealthIndicator) () -> health(destination);
    }

    private Health health(Destination destination) {
        if (!destination.settings().enabled()) {
            return Health.status("OFF").build();
        }
        return notes.all().stream()
                .filter(pausing -> pausing.destination().equals(destination.name()))
                .findFirst()
                .map(this::health)
                .orElseGet(() -> Health.up().build());
    }

    private Health health(PauseNotes.Pausing pausing) {
        var paused = pausing.until().isAfter(clock.instant());
        var health = Health.status(paused ? "PAUSED" : "FAILING")
                .withDetail("failingSince", pausing.since().toString())
                .withDetail("reason", pausing.reason());
        return (paused ? health.withDetail("pausedUntil", pausing.until().toString()) : health).build();
    }
}
