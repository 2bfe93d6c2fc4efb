package dev.usher.reconciliation;

import dev.usher.watermark.SourceGap;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Begins and stops runs; the bean {@code reconciliationOrders}, which the route {@code start-reconciliation} calls every
 * night. One run at a time, over all nodes.
 */
@Component("reconciliationOrders")
public final class Orders {

    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);

    private final Runs runs;
    private final Conclusions conclusions;
    private final ReconciliationSettings settings;
    private final Clock clock;

    Orders(Runs runs, Conclusions conclusions, ReconciliationSettings settings, Clock clock) {
        this.runs = runs;
        this.conclusions = conclusions;
        this.settings = settings;
        this.clock = clock;
    }

    /** Begins the run of the schedule, unless one is open. */
    public void nightly() {
        if (!begin(Order.repair("schedule"))) {
            LOG.warn("Reconciliation: the run of the schedule is left out, because another one is open");
        }
        runs.forget(clock.instant().minus(settings.keep()));
    }

    /** A source lost something: it must be looked for, after the open run if there is one. */
    @EventListener
    void lost(SourceGap gap) {
        var cause = "gap of " + gap.source();
        if (!begin(Order.repair(cause)) && runs.again(cause)) {
            LOG.info("Reconciliation: another run follows the open one, because of a {}", cause);
        }
    }

    /** Begins a run at the next tick; false when one is open. */
    boolean begin(Order order) {
        if (runs.open() != null) {
            return false;
        }
        conclusions.close();
        boolean begun = runs.begin(order, clock.instant());
        if (begun) {
            LOG.info("Reconciliation: a run begins ({}); its report says who asked for it", order);
        }
        return begun;
    }

    /** Ends the open run; what is queued for repair already is delivered. False when none is open. */
    boolean stop() {
        boolean stopped = runs.stop(clock.instant());
        if (stopped) {
            LOG.info("Reconciliation: the run is stopped by an operator");
        }
        return stopped;
    }
}
