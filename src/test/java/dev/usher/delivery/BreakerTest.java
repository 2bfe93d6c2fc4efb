package dev.usher.delivery;

import static dev.usher.delivery.Breaker.Entry.GO;
import static dev.usher.delivery.Breaker.Entry.PAUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.destination.DeliverySettings;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private static final long NOW = 1_000_000;
    private static final long AT_ONCE = 1;

    private final Breaker breaker = new Breaker(
            new DeliverySettings.Pause(3, Duration.ofSeconds(1), Duration.ofSeconds(15), Duration.ofMinutes(15)));

    @Test
    void aDestinationThatAnswersIsCalled() {
        assertThat(breaker.enter(NOW, AT_ONCE)).isEqualTo(GO);
        assertThat(breaker.enter(NOW, AT_ONCE)).isEqualTo(GO);
    }

    @Test
    void failuresInARowPauseIt() {
        assertThat(breaker.failed(NOW)).isZero();
        assertThat(breaker.failed(NOW)).isZero();
        assertThat(breaker.failed(NOW)).isEqualTo(1000);
        assertThat(breaker.enter(NOW + 999, AT_ONCE)).isEqualTo(PAUSED);
    }

    @Test
    void anAnswerInBetweenBeginsTheCountAnew() {
        breaker.failed(NOW);
        breaker.failed(NOW);
        breaker.succeeded();

        assertThat(breaker.failed(NOW)).isZero();
        assertThat(breaker.enter(NOW, AT_ONCE)).isEqualTo(GO);
    }

    @Test
    void beingAskedForPeacePausesAtOnceForAsLongAsAsked() {
        assertThat(breaker.throttled(NOW, 7000L)).isEqualTo(7000);
        assertThat(breaker.until()).isEqualTo(NOW + 7000);
        assertThat(breaker.throttled(NOW + 10, 9000L)).as("already paused").isZero();
    }

    @Test
    void afterThePauseOneProbeGoesAndItsSuccessEndsThePause() {
        breaker.throttled(NOW, 1000L);

        assertThat(breaker.enter(NOW + 1000, AT_ONCE)).isEqualTo(GO);
        assertThat(breaker.succeeded()).isTrue();
        assertThat(breaker.succeeded()).isFalse();
        assertThat(breaker.enter(NOW + 1000, AT_ONCE)).isEqualTo(GO);
    }

    @Test
    void aFailedProbePausesTwiceAsLongUpToTheLongest() {
        breaker.throttled(NOW, null);
        var now = NOW;

        for (long length : new long[] {2000, 4000, 8000, 15_000, 15_000}) {
            now = breaker.until();
            assertThat(breaker.enter(now, AT_ONCE)).isEqualTo(GO);
            assertThat(breaker.failed(now)).isEqualTo(length);
        }
    }

    @Test
    void whoLeavesWithoutACallLeavesTheProbeToTheNext() {
        breaker.throttled(NOW, 1000L);
        assertThat(breaker.enter(NOW + 1000, AT_ONCE)).isEqualTo(GO);

        breaker.left();

        var patience = 60_000;
        assertThat(breaker.enter(NOW + 1000, patience)).as("the probe, at once").isEqualTo(GO);
        assertThat(breaker.failed(NOW + 1000)).isEqualTo(2000);
    }

    @RepeatedTest(5)
    void ofManyAtTheEndOfAPauseOneProbesAndTheOthersFollowItsResult() throws Exception {
        breaker.throttled(NOW, 1000L);
        var calls = new AtomicInteger();
        var beforeTheResult = new AtomicInteger();
        var threads = Executors.newFixedThreadPool(12);
        try {
            Callable<Breaker.Entry> caller = () -> {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(2_000_000));
                var entry = breaker.enter(NOW + 1000, 10_000);
                if (entry == GO && calls.incrementAndGet() == 1) {
                    LockSupport.parkNanos(Duration.ofMillis(30).toNanos());
                    beforeTheResult.set(calls.get());
                    breaker.succeeded();
                }
                return entry;
            };

            for (var entry : threads.invokeAll(
                    IntStream.range(0, 12).mapToObj(i -> caller).toList())) {
                assertThat(entry.get()).isEqualTo(GO);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(beforeTheResult).hasValue(1);
        assertThat(calls).hasValue(12);
    }

    @RepeatedTest(5)
    void whenTheProbeFailsNobodyElseCalls() throws Exception {
        breaker.throttled(NOW, 1000L);
        var calls = new AtomicInteger();
        var threads = Executors.newFixedThreadPool(12);
        try {
            Callable<Void> caller = () -> {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(2_000_000));
                if (breaker.enter(NOW + 1000, 10_000) == GO) {
                    calls.incrementAndGet();
                    LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                    breaker.failed(NOW + 1000);
                }
                return null;
            };

            for (var done : threads.invokeAll(
                    IntStream.range(0, 12).mapToObj(i -> caller).toList())) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(calls).hasValue(1);
    }
}
