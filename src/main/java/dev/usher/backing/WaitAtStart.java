package dev.usher.backing;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * Before any other bean is made: waits for the backings that do not answer. One that answers and refuses ends the start,
 * because waiting would not mend it.
 */
final class WaitAtStart implements BeanFactoryPostProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(WaitAtStart.class);
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final String PATIENCE = "usher.patience-at-start";

    /** What a shell shows for a process that was asked to end (128 and the number of SIGTERM). */
    private static final int ASKED_TO_END = 143;

    private final Environment environment;

    WaitAtStart(Environment environment) {
        this.environment = environment;
    }

    /** @throws IllegalStateException when a backing refuses, or is not there when the patience ends; the cause says why */
    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        var backings = Backings.of(environment);
        if (!backings.isEmpty()) {
            await(backings, environment.getProperty(PATIENCE, Duration.class, Duration.ZERO));
        }
    }

    /** Nothing runs yet, so a request to end is obeyed at once: the context could not be closed before it is made. */
    private static void await(List<Backing> backings, Duration patience) {
        var end = new Thread(() -> {
            LOG.info("Asked to end while waiting; nothing was begun");
            Runtime.getRuntime().halt(ASKED_TO_END);
        });
        Runtime.getRuntime().addShutdownHook(end);
        try {
            backings.forEach(backing -> await(backing, patience));
        } finally {
            Runtime.getRuntime().removeShutdownHook(end);
        }
    }

    static void await(Backing backing, Duration patience) {
        var vigil = Vigil.atStart(backing);
        long begun = System.nanoTime();
        for (var trouble = vigil.look(begun); trouble != null; trouble = vigil.look(System.nanoTime())) {
            if (!trouble.passes() || System.nanoTime() - begun >= patience.toNanos()) {
                throw new IllegalStateException(
                        backing.place() + ": " + backing.name() + " does not serve: " + trouble.words(),
                        trouble.cause());
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
