package dev.usher.gather;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Combines concurrent callers into one call of the work: a transaction for many rows, a {@code $batch} for many users.
 *
 * <p>It has no threads and no timer. A caller that finds a free place works at once, alone; those that come while every
 * place is taken wait, and when a place falls free the longest waiting of them works for all of them. So a batch grows
 * exactly as large as the load makes it.
 *
 * <p>An interrupt does not end the wait, because the work is being done and its outcome must be known; the thread's
 * interrupt flag is kept for the caller. The work itself never starts with the flag set: one caller's interrupt must
 * not fail the others. The work must not call the same gather: it would wait for itself.
 *
 * @param <K> what a caller asks for
 * @param <V> what it gets; where single keys may fail, a type that can say so
 */
public final class Gather<K, V extends @Nullable Object> {

    private final String name;
    private final int maxBatch;
    private final Function<List<K>, List<V>> work;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Call<K, V>> waiting = new ArrayDeque<>();
    private final long lingerNanos;
    private volatile long lastEnded = System.nanoTime() - Duration.ofDays(1).toNanos();
    private int free;

    /**
     * @param name says in errors which gather it was
     * @param maxBatch most keys in one call of the work, at least 1
     * @param maxConcurrentBatches most calls of the work at the same time, at least 1
     * @param work answers with one value per key, in the order of the keys; it runs on a caller's thread
     */
    public Gather(String name, int maxBatch, int maxConcurrentBatches, Function<List<K>, List<V>> work) {
        this(name, maxBatch, maxConcurrentBatches, Duration.ZERO, work);
    }

    /**
     * As above, for work whose cost lies in the call more than in the keys: batches keep a distance.
     *
     * @param linger how long after the end of a batch the next one begins, at least; a call after a longer rest is made
     *     at once
     */
    public Gather(
            String name, int maxBatch, int maxConcurrentBatches, Duration linger, Function<List<K>, List<V>> work) {
        if (maxBatch < 1 || maxConcurrentBatches < 1) {
            throw new IllegalArgumentException("gather " + name + ": batches of " + maxBatch + ", "
                    + maxConcurrentBatches + " at once; both must be at least 1");
        }
        this.name = name;
        this.maxBatch = maxBatch;
        this.free = maxConcurrentBatches;
        this.lingerNanos = linger.toNanos();
        this.work = work;
    }

    /**
     * Does the work for this key, together with whoever waits at the same moment.
     *
     * @throws RuntimeException what the work threw, the same for every caller of that batch
     */
    public V call(K key) {
        var call = new Call<K, V>(key);
        if (enter(call)) {
            lead(call);
        } else if (call.await()) {
            lead(call);
        }
        return call.value();
    }

    private boolean enter(Call<K, V> call) {
        lock.lock();
        try {
            if (free > 0) {
                free--;
                return true;
            }
            waiting.add(call);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void lead(Call<K, V> leader) {
        linger();
        var batch = batchOf(leader);
        var interrupted = Thread.interrupted();
        List<V> values = List.of();
        Throwable failure = null;
        try {
            values = work.apply(batch.stream().map(Call::key).toList());
            if (values.size() != batch.size()) {
                failure = new IllegalStateException(
                        "gather " + name + ": " + values.size() + " answers to " + batch.size() + " keys");
            }
        } catch (Throwable e) {
            failure = e;
        }
        lastEnded = System.nanoTime();
        leave();
        for (var i = 0; i < batch.size(); i++) {
            if (failure == null) {
                batch.get(i).succeed(values.get(i));
            } else {
                batch.get(i).fail(failure);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void linger() {
        for (var left = lingerNanos; left > 0; ) {
            left = lastEnded + lingerNanos - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(this, left);
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
            }
        }
    }

    private List<Call<K, V>> batchOf(Call<K, V> leader) {
        var batch = new ArrayList<Call<K, V>>();
        batch.add(leader);
        lock.lock();
        try {
            for (var next = waiting.poll(); next != null; next = waiting.poll()) {
                batch.add(next);
                if (batch.size() == maxBatch) {
                    break;
                }
            }
        } finally {
            lock.unlock();
        }
        return batch;
    }

    /** Hands the place to the longest waiting caller before the others of this batch are told: the work never idles. */
    private void leave() {
        Call<K, V> next;
        lock.lock();
        try {
            next = waiting.poll();
            if (next == null) {
                free++;
            }
        } finally {
            lock.unlock();
        }
        if (next != null) {
            next.lead();
        }
    }

    private static final class Call<K, V extends @Nullable Object> {

        private enum State {
            WAITING,
            LEADING,
            SUCCEEDED,
            FAILED
        }

        private final K key;
        private final Thread caller = Thread.currentThread();
        private @Nullable V value;
        private @Nullable Throwable failure;
        private volatile State state = State.WAITING;

        Call(K key) {
            this.key = key;
        }

        K key() {
            return key;
        }

        /** Waits until there is an answer (false) or this caller is to lead a batch (true). */
        boolean await() {
            var interrupted = false;
            while (state == State.WAITING) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
            if (interrupted) {
                caller.interrupt();
            }
            return state == State.LEADING;
        }

        void lead() {
            end(State.LEADING);
        }

        void succeed(V answer) {
            value = answer;
            end(State.SUCCEEDED);
        }

        void fail(Throwable cause) {
            failure = cause;
            end(State.FAILED);
        }

        private void end(State next) {
            state = next;
            if (caller != Thread.currentThread()) {
                LockSupport.unpark(caller);
            }
        }

        @SuppressWarnings({"unchecked", "NullAway"}) // V itself says whether null is an answer
        V value() {
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
            if (failure != null) {
                throw new IllegalStateException(failure);
            }
            return (V) value;
        }
    }
}
