package dev.usher.sandbox.server;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
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

    /** Whether everything is served well. */
    public boolean none() {
        return active.isEmpty();
    }

    /** How many can still act. */
    public long count() {
        return active.stream().filter(one -> !one.isSpent()).count();
    }

    /** The fault that acts on this call, counted; null when it is served well. */
    public @Nullable Fault next(String target) {
        return first(target, fault -> true);
    }

    /** As {@link #next} for a request inside a batch: only faults that name a path and answer for it act there. */
    public @Nullable Fault nextInside(String target) {
        return first(target, fault -> fault.path() != null && fault.answers());
    }

    /** As {@link #next} for the batch around a request: faults of the connection, which no single answer can have. */
    public @Nullable Fault nextAround(String target) {
        return first(target, fault -> fault.path() != null && !fault.answers());
    }

    private @Nullable Fault first(String target, Predicate<Fault> acts) {
        for (Active one : active) {
            if (acts.test(one.fault) && one.fault.matches(target) && one.takesTurn()) {
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

        boolean isSpent() {
            Integer count = fault.count();
            return count != null && acted.get() >= count;
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
