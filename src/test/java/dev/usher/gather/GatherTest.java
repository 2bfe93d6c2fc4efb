package dev.usher.gather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GatherTest {

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger atWork = new AtomicInteger();

    @AfterEach
    void stop() {
        gate.countDown();
        callers.shutdownNow();
    }

    @Test
    void aLoneCallerIsServedAtOnceAndAlone() {
        var gather = new Gather<>("test", 20, 1, this::squares);
        gate.countDown();

        var answer = gather.call(7);

        assertThat(answer).isEqualTo(49);
        assertThat(batches).containsExactly(List.of(7));
    }

    @Test
    void whoWaitsIsServedTogetherInBatchesOfAtMostTheLimit() throws Exception {
        var gather = new Gather<>("test", 3, 1, this::squares);
        var first = callers.submit(() -> gather.call(0));
        await().until(() -> atWork.get() == 1);

        var others = submitWaiting(gather, 1, 5);
        gate.countDown();

        assertThat(first.get()).isZero();
        for (var i = 0; i < others.size(); i++) {
            assertThat(others.get(i).get()).isEqualTo((i + 1) * (i + 1));
        }
        assertThat(batches).extracting(List::size).containsExactly(1, 3, 2);
    }

    @Test
    void noMoreBatchesRunAtOnceThanAllowed() {
        var gather = new Gather<>("test", 20, 2, this::squares);

        callers.submit(() -> gather.call(1));
        await().until(() -> atWork.get() == 1);
        callers.submit(() -> gather.call(2));
        await().until(() -> atWork.get() == 2);
        submitWaiting(gather, 3, 3);

        assertThat(atWork).hasValue(2);
        assertThat(batches).hasSize(2);
    }

    @Test
    void aFailureOfTheWorkFailsEveryCallerOfThatBatchOnly() {
        var failure = new IllegalStateException("refused");
        var gather = new Gather<Integer, Integer>("test", 20, 1, keys -> {
            var values = squares(keys);
            if (keys.contains(2)) {
                throw failure;
            }
            return values;
        });
        var first = callers.submit(() -> gather.call(1));
        await().until(() -> atWork.get() == 1);

        var others = submitWaiting(gather, 2, 2);
        gate.countDown();

        assertThat(first).succeedsWithin(5, TimeUnit.SECONDS).isEqualTo(1);
        assertThat(others).allSatisfy(other -> assertThatThrownBy(other::get).hasCause(failure));
        assertThat(gather.call(5)).isEqualTo(25);
    }

    @Test
    void anErrorOfTheWorkLeavesThePlaceToTheNext() {
        var gather = new Gather<Integer, Integer>("test", 20, 1, keys -> {
            if (keys.contains(1)) {
                throw new AssertionError("broken");
            }
            return keys;
        });

        assertThatThrownBy(() -> gather.call(1)).isInstanceOf(AssertionError.class);

        assertThat(gather.call(2)).isEqualTo(2);
    }

    @Test
    void tooFewAnswersAreAnErrorThatNamesTheGather() {
        var gather = new Gather<Integer, Integer>("users", 20, 1, keys -> List.of());

        assertThatThrownBy(() -> gather.call(1)).hasMessage("gather users: 0 answers to 1 keys");
    }

    @Test
    void anInterruptDoesNotAbandonTheCallAndIsKeptForTheCaller() throws Exception {
        var gather = new Gather<>("test", 20, 1, this::squares);
        callers.submit(() -> gather.call(1));
        await().until(() -> atWork.get() == 1);
        var answers = new ArrayList<Object>();
        var waiter = new Thread(() -> {
            answers.add(gather.call(3));
            answers.add(Thread.currentThread().isInterrupted());
        });
        waiter.start();
        await().until(() -> waiter.getState() == Thread.State.WAITING);

        waiter.interrupt();
        gate.countDown();
        waiter.join(5_000);

        assertThat(answers).containsExactly(9, true);
    }

    @Test
    void theWorkNeverStartsInterrupted() {
        var gather = new Gather<Integer, Boolean>(
                "test", 20, 1, keys -> List.of(Thread.currentThread().isInterrupted()));

        Thread.currentThread().interrupt();
        var interruptedInside = gather.call(1);

        assertThat(interruptedInside).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void everyCallerGetsItsOwnAnswerUnderContention() throws Exception {
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var calls = new AtomicInteger();
        var gather = new Gather<Integer, Integer>("test", 16, 3, keys -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            calls.incrementAndGet();
            Thread.yield();
            inside.decrementAndGet();
            return keys.stream().map(key -> key * 2).toList();
        });
        var threads = 32;
        var each = 2_000;

        var tasks = new ArrayList<Callable<Integer>>();
        for (var t = 0; t < threads; t++) {
            var from = t * each;
            tasks.add(() -> {
                var wrong = 0;
                for (var key = from; key < from + each; key++) {
                    wrong += gather.call(key) == key * 2 ? 0 : 1;
                }
                return wrong;
            });
        }

        for (var result : callers.invokeAll(tasks)) {
            assertThat(result.get()).isZero();
        }
        assertThat(most.get()).isLessThanOrEqualTo(3);
        assertThat(calls.get()).isLessThan(threads * each / 2);
    }

    private List<Integer> squares(List<Integer> keys) {
        batches.add(keys);
        atWork.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return keys.stream().map(key -> key * key).toList();
    }

    /** Submits callers one after the other, each of them once the one before waits: their order is certain. */
    private List<Future<Integer>> submitWaiting(Gather<Integer, Integer> gather, int from, int count) {
        var futures = new ArrayList<Future<Integer>>();
        for (var key = from; key < from + count; key++) {
            var thread = new Thread[1];
            var own = key;
            futures.add(callers.submit(() -> {
                thread[0] = Thread.currentThread();
                return gather.call(own);
            }));
            await().until(() -> thread[0] != null && thread[0].getState() == Thread.State.WAITING);
        }
        return futures;
    }
}
