package dev.usher.sandbox.server;

import java.time.Duration;

/** Admits so many calls within any window of the given length. */
public final class SlidingWindow {
    private final long[] admitted;
    private final long length;
    private int next;
    private long count;

    public SlidingWindow(int permits, Duration length) {
        this.admitted = new long[permits];
        this.length = length.toNanos();
    }

    public synchronized boolean admit() {
        if (!hasRoom()) {
            return false;
        }
        take();
        return true;
    }

    /** Whether a call would be admitted now. */
    public synchronized boolean hasRoom() {
        return count < admitted.length || System.nanoTime() - admitted[next] >= length;
    }

    /** Counts a call without asking. */
    public synchronized void take() {
        admitted[next] = System.nanoTime();
        next = (next + 1) % admitted.length;
        count++;
    }

    /** Whole seconds, at least 1, until the next call is admitted. */
    public synchronized int secondsToWait() {
        if (count < admitted.length) {
            return 1;
        }
        long nanos = length - (System.nanoTime() - admitted[next]);
        return (int) Math.max(1, Duration.ofNanos(nanos).plusMillis(999).toSeconds());
    }
}
