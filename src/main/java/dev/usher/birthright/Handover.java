package dev.usher.birthright;

import dev.usher.delivery.HeldBack;
import dev.usher.delivery.Refused;
import dev.usher.entra.GraphAnswer;
import dev.usher.gather.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Carries a {@link Plan} out, and notes what is Usher's after each answer. */
final class Handover {

    private static final Duration NOT_SHOWN_YET = Duration.ofSeconds(30);

    private final Plan plan;
    private final GrantRequests requests;
    private final long now;
    private final Duration patience;
    private final Function<Grant, String> ruleNames;

    private final List<Holding> kept = new ArrayList<>();
    private final List<Holding> gone = new ArrayList<>();
    private final List<Exception> failures = new ArrayList<>();

    /** @param ruleNames the names of the rules that give a grant, for reasons */
    Handover(Plan plan, GrantRequests requests, long now, Duration patience, Function<Grant, String> ruleNames) {
        this.plan = plan;
        this.requests = requests;
        this.now = now;
        this.patience = patience;
        this.ruleNames = ruleNames;
    }

    List<Holding> kept() {
        return kept;
    }

    List<Holding> gone() {
        return gone;
    }

    /** The failure to report; null when all is done. */
    @Nullable
    Exception failure() {
        return failures.isEmpty() ? null : GrantRequests.first(failures);
    }

    /** Asks the directory; called once. */
    void carryOut() {
        plan.absent().forEach(this::notThere);
        var answers = requests.send(plan.orders().stream().map(Order::request).toList());
        for (int i = 0; i < answers.size(); i++) {
            settle(plan.orders().get(i), answers.get(i));
        }
    }

    private void settle(Order order, Attempt<GraphAnswer> attempt) {
        var answer = attempt.value();
        if (answer == null) {
            failures.add(attempt.failure() == null ? new IllegalStateException("no answer") : attempt.failure());
        } else if (order.what() == Order.What.TAKE) {
            taken(order, answer);
        } else {
            given(order, answer);
        }
    }

    private void given(Order order, GraphAnswer answer) {
        var grant = order.holding().grant();
        boolean isFirst = order.what() == Order.What.GIVE;
        if (answer.succeeded()) {
            kept.add(order.holding().confirmed(answer.body().path("id").textValue(), now));
            return;
        }
        if (GrantRequests.isThereAlready(answer)) {
            if (isFirst) {
                gone.add(order.holding());
            } else {
                kept.add(order.holding().confirmed(null, now));
            }
            return;
        }
        if (isFirst && answer.status() < 500) {
            gone.add(order.holding()); // refused for certain: nothing may be ours
        }
        failures.add(
                GrantRequests.lacksTarget(answer, grant)
                        ? new Refused("the directory has no " + grant + ", named by " + ruleNames.apply(grant))
                        : answer.failure(order.request().path()));
    }

    private void taken(Order order, GraphAnswer answer) {
        if (answer.succeeded()) {
            gone.add(order.holding());
        } else if (answer.status() == 404) {
            notThere(order.holding());
        } else {
            failures.add(answer.failure(order.request().path()));
        }
    }

    /** Gone already, or added so lately that this part of the directory does not show it yet. */
    private void notThere(Holding holding) {
        if (holding.isYoungerThan(patience, now)) {
            failures.add(new HeldBack("the directory does not show yet what was added", NOT_SHOWN_YET));
        } else {
            gone.add(holding);
        }
    }
}
