package dev.usher.birthright;

import dev.usher.birthright.Grant.Kind;
import dev.usher.delivery.HeldBack;
import dev.usher.delivery.Refused;
import dev.usher.entra.GraphAnswer;
import dev.usher.entra.GraphRequest;
import dev.usher.gather.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One user is brought from what Usher gave before to what the rules want now. */
final class Handover {

    private static final Duration NOT_SHOWN_YET = Duration.ofSeconds(30);

    private final String subject;
    private final Map<Grant, Holding> ours;
    private final GrantRequests requests;
    private final long now;
    private final Duration patience;
    private final Function<Grant, String> ruleNames;

    private final List<Order> orders = new ArrayList<>();
    private final List<Holding> asked = new ArrayList<>();
    private final List<Holding> kept = new ArrayList<>();
    private final List<Holding> gone = new ArrayList<>();
    private final List<Exception> failures = new ArrayList<>();

    /** A request with what follows from its answer. */
    private record Order(Holding holding, boolean isFresh, boolean adds, GraphRequest request) {}

    Handover(
            String subject,
            List<Holding> ours,
            GrantRequests requests,
            long now,
            Duration patience,
            Function<Grant, String> ruleNames) {
        this.subject = subject;
        this.ours = ours.stream().collect(Collectors.toMap(Holding::grant, holding -> holding));
        this.requests = requests;
        this.now = now;
        this.patience = patience;
        this.ruleNames = ruleNames;
    }

    /** What is about to be asked for the first time; to be durable before {@link #carryOut}. */
    List<Holding> asked() {
        return asked;
    }

    List<Holding> kept() {
        return kept;
    }

    List<Holding> gone() {
        return gone;
    }

    /** Finds out what must be added and taken away; looks at the directory only where it must know what is there. */
    void plan(Set<Grant> wanted) throws Exception {
        var held = held(wanted);
        for (var grant : wanted) {
            var holding = ours.get(grant);
            if (holding == null && !held.grants().contains(grant)) {
                var fresh = new Holding(subject, grant, null, now, null);
                asked.add(fresh);
                orders.add(new Order(fresh, true, true, requests.add(subject, grant)));
            } else if (holding != null && !holding.isConfirmed()) {
                orders.add(new Order(holding, false, true, requests.add(subject, grant)));
            }
        }
        ours.values().stream()
                .filter(holding -> !wanted.contains(holding.grant()))
                .forEach(holding -> end(holding, held));
    }

    /** A grant that nobody gave yet is looked up, so that Usher never believes another's to be its own. */
    private Held held(Set<Grant> wanted) throws Exception {
        var kinds = EnumSet.noneOf(Kind.class);
        wanted.stream()
                .filter(grant -> !ours.containsKey(grant))
                .map(Grant::kind)
                .forEach(kinds::add);
        boolean seeksAssignment = ours.values().stream()
                .anyMatch(holding -> !wanted.contains(holding.grant()) && lacksAssignment(holding));
        if (seeksAssignment) {
            kinds.add(Kind.APP_ROLE);
        }
        return kinds.isEmpty() ? new Held(Set.of(), Map.of()) : requests.held(subject, kinds);
    }

    private static boolean lacksAssignment(Holding holding) {
        return holding.grant().kind() == Kind.APP_ROLE && holding.assignmentId() == null;
    }

    private void end(Holding holding, Held held) {
        var assignment = lacksAssignment(holding) ? held.assignments().get(holding.grant()) : holding.assignmentId();
        if (holding.grant().kind() == Kind.APP_ROLE && assignment == null) {
            notThere(holding);
        } else {
            var request = requests.remove(subject, holding.grant(), String.valueOf(assignment));
            orders.add(new Order(holding, false, false, request));
        }
    }

    /** Asks the directory, and notes what is ours after that. */
    void carryOut() {
        var answers = requests.send(orders.stream().map(Order::request).toList());
        for (int i = 0; i < orders.size(); i++) {
            settle(orders.get(i), answers.get(i));
        }
    }

    private void settle(Order order, Attempt<GraphAnswer> attempt) {
        var answer = attempt.value();
        if (answer == null) {
            failures.add(attempt.failure() == null ? new IllegalStateException("no answer") : attempt.failure());
        } else if (order.adds()) {
            added(order, answer);
        } else {
            removed(order, answer);
        }
    }

    private void added(Order order, GraphAnswer answer) {
        var grant = order.holding().grant();
        if (answer.succeeded()) {
            kept.add(order.holding().confirmed(answer.body().path("id").textValue(), now));
            return;
        }
        if (GrantRequests.isThereAlready(answer)) {
            if (order.isFresh()) {
                gone.add(order.holding());
            } else {
                kept.add(order.holding().confirmed(null, now));
            }
            return;
        }
        if (order.isFresh() && answer.status() < 500) {
            gone.add(order.holding()); // refused for certain: nothing may be ours
        }
        failures.add(
                GrantRequests.lacksTarget(answer, grant)
                        ? new Refused("the directory has no " + grant + ", named by " + ruleNames.apply(grant))
                        : answer.failure(order.request().path()));
    }

    private void removed(Order order, GraphAnswer answer) {
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
        if (now - holding.since() < patience.toMillis()) {
            failures.add(new HeldBack("the directory does not show yet what was added", NOT_SHOWN_YET));
        } else {
            gone.add(holding);
        }
    }

    /** The failure to report; null when all is done. */
    @Nullable
    Exception failure() {
        return failures.isEmpty() ? null : GrantRequests.first(failures);
    }
}
