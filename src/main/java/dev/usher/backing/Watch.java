package dev.usher.backing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * While Usher runs: looks at the backings and tells in one line when one is lost, where each of a hundred consumers would
 * tell it. Nothing else depends on it: consumers and pools come back by themselves.
 */
@Component
final class Watch {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final Duration BETWEEN = Duration.ofSeconds(5);

    private final List<Vigil> vigils;
    private @Nullable ScheduledExecutorService timer;

    Watch(Environment environment) {
        vigils = Backings.of(environment).stream().map(Vigil::whileRunning).toList();
    }

    @EventListener(ApplicationReadyEvent.class)
    synchronized void begin() {
        if (!vigils.isEmpty() && timer == null) {
            timer = Executors.newSingleThreadScheduledExecutor(work -> {
                var thread = new Thread(work, "watch");
                thread.setDaemon(true);
                return thread;
            });
            timer.scheduleWithFixedDelay(this::look, BETWEEN.toMillis(), BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        try {
            vigils.forEach(vigil -> vigil.look(System.nanoTime()));
        } catch (RuntimeException e) {
            LOG.warn("The watch failed ({}); it looks again", e.toString());
        }
    }

    @EventListener(ContextClosedEvent.class)
    synchronized void end() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
