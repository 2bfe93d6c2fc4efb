package dev.usher.delivery;

import dev.usher.destination.Destinations;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Leaves a destination alone when it asks for it or does not answer: its consumers stop, its messages wait in the queue
 * without using up their tries. When the pause ends one call is let through as a probe; the others wait for its result.
 */
@Component
final class Pauses {

    private static final Logger LOG = LoggerFactory.getLogger(Pauses.class);
    private static final Duration LONGEST_PROBE = Duration.ofSeconds(30);

    private final CamelContext camel;
    private final Destinations destinations;
    private final PauseNotes notes;
    private final Clock clock;
    private final Map<String, Breaker> breakers = new ConcurrentHashMap<>();
    private volatile @Nullable ScheduledExecutorService timer;

    Pauses(@Lazy CamelContext camel, Destinations destinations, PauseNotes notes, Clock clock) {
        this.camel = camel;
        this.destinations = destinations;
        this.notes = notes;
        this.clock = clock;
    }

    /**
     * Asks to call the destination of this route now. Waits for the result of a probe that is under way.
     *
     * @throws HeldBack while the destination is paused
     */
    void enter(String routeId) {
        var breaker = breaker(routeId);
        switch (breaker.enter(clock.millis(), LONGEST_PROBE.toMillis())) {
            case GO -> {}
            case PAUSED -> throw new HeldBack("the destination is paused", remaining(routeId));
        }
    }

    /** Whoever entered did not call after all. */
    void left(String routeId) {
        breaker(routeId).left();
    }

    /** The destination answered. Ends a pause. */
    void succeeded(String routeId) {
        if (breaker(routeId).succeeded()) {
            LOG.info("{}: the destination answers again", routeId);
        }
        if (notes.isNews(name(routeId))) {
            timer().execute(() -> notes.answered(name(routeId)));
        }
    }

    /**
     * The destination asked for peace.
     *
     * @param after how long; null when it did not say
     */
    void throttled(String routeId, String reason, @Nullable Duration after) {
        var settings = breaker(routeId).settings;
        var obeyed = after == null ? null : after.compareTo(settings.obey()) > 0 ? settings.obey() : after;
        pause(routeId, reason, breaker(routeId).throttled(clock.millis(), obeyed == null ? null : obeyed.toMillis()));
    }

    /** The destination did not answer, or with an error that may heal. */
    void failed(String routeId, String reason) {
        pause(routeId, reason, breaker(routeId).failed(clock.millis()));
    }

    /** How long the pause still lasts; zero when there is none. */
    Duration remaining(String routeId) {
        return Duration.ofMillis(Math.max(0, breaker(routeId).until() - clock.millis()));
    }

    private Breaker breaker(String routeId) {
        return breakers.computeIfAbsent(
                routeId, id -> new Breaker(destinations.get(name(id)).settings().pause()));
    }

    private static String name(String routeId) {
        return routeId.startsWith("deliver-") ? routeId.substring("deliver-".length()) : Destinations.ROUTER;
    }

    private void pause(String routeId, String reason, long millis) {
        if (millis <= 0) {
            return;
        }
        LOG.warn("{} is paused for {} s: {}", routeId, Math.max(1, millis / 1000), reason);
        var executor = timer();
        executor.execute(() -> suspend(routeId));
        executor.execute(() -> notes.paused(name(routeId), millis, reason));
        executor.schedule(() -> resume(routeId), millis, TimeUnit.MILLISECONDS);
    }

    private synchronized ScheduledExecutorService timer() {
        var current = timer;
        if (current == null) {
            current = camel.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "pauses");
            timer = current;
        }
        return current;
    }

    private void suspend(String routeId) {
        var route = camel.getRoute(routeId);
        if (route != null && breaker(routeId).until() > clock.millis()) {
            ServiceHelper.suspendService(route.getConsumer());
        }
    }

    private void resume(String routeId) {
        var route = camel.getRoute(routeId);
        if (route != null && breaker(routeId).until() <= clock.millis()) {
            ServiceHelper.resumeService(route.getConsumer());
        }
    }
}
