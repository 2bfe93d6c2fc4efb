package dev.usher.health;

import dev.usher.alert.AlertLimits;
import dev.usher.watermark.Source;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.NamedContributor;
import org.springframework.stereotype.Component;

/**
 * The component {@code sources}, with one for each: {@code UP}, {@code STUCK} (not read for longer than {@code
 * usher.alerts.limits.source-stuck}) or {@code OFF}; these words do not count for the status of the whole.
 */
@Component("sourcesHealthContributor")
final class SourcesHealth implements CompositeHealthContributor {

    private final List<Source> sources;
    private final AlertLimits limits;
    private final Clock clock;

    SourcesHealth(List<Source> sources, AlertLimits limits, Clock clock) {
        this.sources = sources;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public @Nullable HealthContributor getContributor(String name) {
        return sources.stream()
                .filter(source -> source.label().equals(name))
                .findFirst()
                .map(this::contributor)
                .orElse(null);
    }

    @Override
    public Iterator<NamedContributor<HealthContributor>> iterator() {
        return sources.stream()
                .map(source -> NamedContributor.<HealthContributor>of(source.label(), contributor(source)))
                .iterator();
    }

    private HealthContributor contributor(Source source) {
        return (HealthIndicator) () -> health(source);
    }

    private Health health(Source source) {
        if (!source.isOn()) {
            return Health.status("OFF").build();
        }
        var polled = source.polledAt();
        boolean stuck = polled != null && polled.isBefore(clock.instant().minus(limits.sourceStuck()));
        var health = stuck ? Health.status("STUCK") : Health.up();
        if (polled != null) {
            health.withDetail("polledAt", polled.toString());
        }
        var newest = source.newest();
        if (newest != null) {
            health.withDetail("newest", newest.toString());
        }
        return health.build();
    }
}
