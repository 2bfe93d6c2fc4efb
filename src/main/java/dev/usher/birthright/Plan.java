package dev.usher.birthright;

import dev.usher.birthright.Grant.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What must be asked of the directory, so that one user holds what the rules want and nothing else of Usher's. */
final class Plan {

    private final String subject;
    private final Map<Grant, Holding> ours;
    private final GrantRequests requests;
    private final long now;
    private final @Nullable Held shown;

    private final List<Order> orders = new ArrayList<>();
    private final List<Holding> asked = new ArrayList<>();
    private final List<Holding> absent = new ArrayList<>();

    /** @param shown all that the user was just seen to hold; null when nobody looked */
    Plan(String subject, List<Holding> ours, GrantRequests requests, long now, @Nullable Held shown) {
        this.subject = subject;
        this.ours = ours.stream().collect(Collectors.toMap(Holding::grant, holding -> holding));
        this.requests = requests;
        this.now = now;
        this.shown = shown;
    }

    List<Order> orders() {
        return orders;
    }

    /** What is about to be asked for; to be durable before it is. */
    List<Holding> asked() {
        return asked;
    }

    /** App roles that end and that the directory does not show, so that there is nothing to ask for. */
    List<Holding> absent() {
        return absent;
    }

    /**
     * Looks at the directory where nobody has and it must be known what is there.
     *
     * @throws Exception when the directory cannot be read
     */
    void make(Set<Grant> wanted) throws Exception {
        var held = shown == null ? held(wanted) : shown;
        wanted.forEach(grant -> give(grant, held));
        ours.values().stream()
                .filter(holding -> !wanted.contains(holding.grant()))
                .forEach(holding -> end(holding, held));
    }

    private void give(Grant grant, Held held) {
        var holding = ours.get(grant);
        if (holding == null) {
            if (!held.has(grant)) {
                ask(grant, Order.What.GIVE);
            }
        } else if (!holding.isConfirmed()) {
            orders.add(new Order(holding, Order.What.GIVE_AGAIN, requests.add(subject, grant)));
        } else if (shown != null && !shown.has(grant)) {
            ask(grant, Order.What.GIVE_AGAIN);
        }
    }

    private void ask(Grant grant, Order.What what) {
        var fresh = new Holding(subject, grant, null, now, null);
        asked.add(fresh);
        orders.add(new Order(fresh, what, requests.add(subject, grant)));
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
            absent.add(holding);
        } else {
            var request = requests.remove(subject, holding.grant(), String.valueOf(assignment));
            orders.add(new Order(holding, Order.What.TAKE, request));
        }
    }
}
