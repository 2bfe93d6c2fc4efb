package dev.usher.reconciliation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.audit.AuditTrail;
import dev.usher.destination.Destination;
import dev.usher.destination.Destinations;
import dev.usher.request.Cursor;
import dev.usher.request.Page;
import dev.usher.request.RequestProblem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What an operator sees and does of reconciliations, for the API, the console, commands and the management port alike. */
@Component
public final class Reconciliations {

    private final Orders orders;
    private final Runs runs;
    private final Reports reports;
    private final Destinations destinations;
    private final AuditTrail audit;

    Reconciliations(Orders orders, Runs runs, Reports reports, Destinations destinations, AuditTrail audit) {
        this.orders = orders;
        this.runs = runs;
        this.reports = reports;
        this.destinations = destinations;
        this.audit = audit;
    }

    /**
     * The runs with their reports, the newest first.
     *
     * @param before the cursor of the page; null for the first
     * @param limit null for the usual
     */
    public Page<ObjectNode> list(@Nullable String before, @Nullable Integer limit) {
        int most = Page.limit(limit);
        var values = Cursor.values(before, 1);
        long place = values.isEmpty() ? Long.MAX_VALUE : Cursor.number(values.get(0));
        var page = Page.of(runs.before(place, most + 1), most, run -> Cursor.of(run.id()));
        return new Page<>(reports.of(page.items()), page.next());
    }

    /** One run with its report. @throws RequestProblem when there is none */
    public ObjectNode one(long id) {
        var run = runs.find(id);
        if (run == null) {
            throw RequestProblem.missing("there is no reconciliation " + id
                    + ": old ones are forgotten after usher.reconciliation.keep; list those that are left");
        }
        return reports.of(run);
    }

    /**
     * Begins a run at the next tick.
     *
     * @param mode {@code repair} or {@code dry-run}; null for repair
     * @param deep whether the destinations are read too; null for not
     * @param destination the only one that is looked at; null for all
     * @param by who asked for it
     * @return the run
     * @throws RequestProblem when an argument is wrong, or a run is open
     */
    public ObjectNode begin(@Nullable String mode, @Nullable Boolean deep, @Nullable String destination, String by) {
        var known = Order.Mode.of(mode);
        if (known == null) {
            throw RequestProblem.wrong("mode is \"" + mode + "\": send \"repair\" or \"dry-run\"");
        }
        var names = destinations.all().stream()
                .filter(one -> one.settings().enabled())
                .map(Destination::name)
                .toList();
        if (destination != null && !names.contains(destination)) {
            throw RequestProblem.wrong(
                    "destination is \"" + destination + "\": send one that is switched on, of " + names);
        }
        var order = new Order(known, Boolean.TRUE.equals(deep), destination, by);
        if (!orders.begin(order)) {
            throw RequestProblem.conflict("a run is open: wait for its end, or stop it");
        }
        var run = runs.newest(1).get(0);
        audit.record(by, "reconcile", "reconciliation " + run.id(), order.toString());
        return reports.of(run);
    }

    /**
     * Ends the open run; what is queued for repair already is delivered.
     *
     * @return the run
     * @throws RequestProblem when none is open
     */
    public ObjectNode stop(String by) {
        var open = runs.open();
        if (open == null || !orders.stop()) {
            throw RequestProblem.missing("no run is open");
        }
        audit.record(by, "stop-reconciliation", "reconciliation " + open.id(), null);
        return one(open.id());
    }
}
