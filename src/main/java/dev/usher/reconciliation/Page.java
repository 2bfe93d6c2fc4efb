package dev.usher.reconciliation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.entra.UserPage;
import dev.usher.event.IdentityEvent;
import dev.usher.projection.Known;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** One step of a run on its way through the route: a page of users, or some persons who were not listed. */
final class Page {

    private static final String PROPERTY = "usherReconciliationPage";

    final Run run;
    final Comparison comparison;
    final UserPage listed;
    final Map<String, Known> known;
    final Map<String, Set<String>> parked;
    final Queue<Finding> findings = new ConcurrentLinkedQueue<>();
    final AtomicInteger unreadable = new AtomicInteger();
    List<String> sought = List.of();
    List<String> orphans = List.of();
    List<IdentityEvent> events = List.of();

    @Nullable
    volatile Exception failure;

    Page(Run run, Comparison comparison, UserPage listed, Map<String, Known> known, Map<String, Set<String>> parked) {
        this.run = run;
        this.comparison = comparison;
        this.listed = listed;
        this.known = known;
        this.parked = parked;
    }

    static @Nullable Page of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Page.class);
    }

    void keepOn(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    List<ObjectNode> users() {
        return listed.users();
    }

    Known known(String subject) {
        return known.getOrDefault(subject, new Known(null, Map.of()));
    }
}
