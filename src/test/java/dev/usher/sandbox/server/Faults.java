package dev.usher.sandbox.server;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The faults a system has now, and their turn-taking. */
public final class Faults {
    private volatile List<Active> active = List.of();

    /** Replaces all faults; the first one that fits a call acts on it. */
    public void replace(List<Fault> faults) {
        active = faults.stream().map(Active::new).toList();
    }

    public void heal() {
        active = List.of();
    }

    /** The fault that acts on this call, counted; null when it is served well. */
    public @Nullable Fault next(String target) {
        for (Active one : active) {
            if (one.fault.matches(target) && one.takesTurn()) {
                return one.fault;
            }
        }
        return null;
    }

    /** As {@link #next} for a request inside a batch: only faults that name a path act there, the others on the batch. */
    public @Nullable Fault nextInside(String target) {
        for (Active one : active) {
            if (one.fault.path() != null && one.fault.matches(target) && one.takesTurn()) {
                return one.fault;
            }
        }
        return null;
    }

    private static final class Active {
        private static final double ROUNDING = 1e-9;
        private final Fault fault;
        private final AtomicLong seen = new AtomicLong();
        private final AtomicLong acted = new AtomicLong();

        Active(Fault fault) {
            this.fault = Objects.requireNonNull(fault);
        }

        boolean takesTurn() {
            long call = seen.incrementAndGet();
            boolean due =
                    Math.floor(call * fault.share() + ROUNDING) > Math.floor((call - 1) * fault.share() + ROUNDING);
            if (!due) {
                return false;
            }
            Integer count = fault.count();
            return count == null || acted.getAndIncrement() < count;
        }
    }
}
