package dev.usher.entra;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A pause that ends early when Usher is told to stop, so that a poll that waits never delays the stop. */
@Component
final class PauseUntilStop implements Pause {

    private final CountDownLatch stopping = new CountDownLatch(1);

    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopping.countDown();
    }

    @Override
    public boolean last(Duration duration) {
        try {
            return !stopping.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
