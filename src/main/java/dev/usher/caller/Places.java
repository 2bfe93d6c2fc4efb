package dev.usher.caller;

import java.util.HashMap;
import java.util.Map;

/**
 * How many may be at something at a time: so many in all, and so many of one caller, so that nobody takes every place.
 * Never waits.
 */
public final class Places {

    private final int most;
    private final int each;
    private final Map<String, Integer> taken = new HashMap<>();
    private int all;

    /**
     * @param most places in all
     * @param each places of one caller
     */
    public Places(int most, int each) {
        this.most = most;
        this.each = each;
    }

    /**
     * Takes a place, which {@link #leave} gives back.
     *
     * @param caller a {@link Network}
     * @return false when all are taken, or all this caller may have
     */
    public synchronized boolean enter(String caller) {
        int own = taken.getOrDefault(caller, 0);
        if (all >= most || own >= each) {
            return false;
        }
        all++;
        taken.put(caller, own + 1);
        return true;
    }

    /** Gives back a place that {@link #enter} has given; the second time it takes somebody else's. */
    public synchronized void leave(String caller) {
        all--;
        taken.computeIfPresent(caller, (name, own) -> own > 1 ? own - 1 : null);
    }
}
