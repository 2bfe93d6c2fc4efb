package dev.usher.reconciliation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.delivery.HeldBack;
import dev.usher.destination.Destinations;
import dev.usher.entra.BackOff;
import dev.usher.event.Events;
import dev.usher.event.IdentityEvent;
import dev.usher.event.Urgency;
import dev.usher.reconciliation.Run.State;
import dev.usher.router.Rules;
import dev.usher.router.UserHash;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * The bean {@code reconciliation} of the route {@code reconcile-users}, which goes one step at each tick: {@link #read} a
 * page, make each user and ask the rules between {@link #hash} and {@link #compare}, {@link #publish}, {@link #advance}.
 *
 * <p>A page is published before the run moves on: after a crash in between it is compared and published again, and the
 * ordinary pipeline finds what it has done already.
 */
@Component("reconciliation")
@EnableConfigurationProperties(ReconciliationSettings.class)
public final class Reconciliation {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

    private final Pages pages;
    private final Destinations destinations;
    private final UserHash hash;
    private final Events events;
    private final Runs runs;
    private final Conclusions conclusions;
    private final ReconciliationSettings settings;
    private final Clock clock;
    private final BackOff backOff;

    Reconciliation(
            Pages pages,
            Destinations destinations,
            UserHash hash,
            Events events,
            Runs runs,
            Conclusions conclusions,
            ReconciliationSettings settings,
            Clock clock) {
        this.pages = pages;
        this.destinations = destinations;
        this.hash = hash;
        this.events = events;
        this.runs = runs;
        this.conclusions = conclusions;
        this.settings = settings;
        this.clock = clock;
        this.backOff = new BackOff(clock);
    }

    /**
     * Reads what the open run compares next: users of the directory become the body, a list. The body is empty when there
     * is no run, while a failure is being waited out, and when persons are looked for who were not listed.
     */
    public void read(Exchange exchange) throws IOException, HttpOperationFailedException {
        exchange.getMessage().setBody(List.of());
        exchange.setVariable("urgency", Urgency.BULK);
        var run = runs.open();
        if (run == null) {
            conclusions.settle();
            return;
        }
        if (backOff.waiting()) {
            return;
        }
        var page = run.state() == State.LISTING ? pages.list(run) : pages.seek(run);
        if (page != null) {
            backOff.succeeded();
            page.keepOn(exchange);
            exchange.getMessage().setBody(page.users());
        }
    }

    private static String id(JsonNode user) {
        return user.path("id").asText();
    }

    /** Hashes the SCIM user in the body as the router does, and prepares the question to the rules. */
    public void hash(Exchange exchange) {
        var page = page(exchange);
        var user = exchange.getMessage().getBody(ObjectNode.class);
        exchange.setVariable("userHash", hash.of(user));
        Rules.ask(exchange, page.known(id(user)), destinations);
    }

    /** Compares the user with what is known, by the answers of the rules. */
    public void compare(Exchange exchange) {
        var page = page(exchange);
        var user = exchange.getMessage().getBody(JsonNode.class);
        var subject = id(user);
        var created = created(user);
        page.findings.add(page.comparison.of(
                exchange,
                subject,
                created,
                page.known(subject),
                exchange.getVariable("userHash", String.class),
                page.parked.getOrDefault(subject, Set.of()),
                created.isAfter(clock.instant().minus(settings.grace()))));
    }

    private static Instant created(JsonNode user) {
        try {
            return OffsetDateTime.parse(user.at("/meta/created").asText()).toInstant();
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    /** A user could not be compared: when the fault is not the user's own, the whole page is read again later. */
    public void failed(Exchange exchange) {
        var page = page(exchange);
        var failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (failure instanceof IOException
                || failure instanceof HttpOperationFailedException
                || failure instanceof HeldBack) {
            page.failure = failure;
        } else {
            page.unreadable.incrementAndGet();
            LOG.warn(
                    "Reconciliation {}: a user cannot be compared ({})",
                    page.run.id(),
                    failure == null ? "no cause" : failure.getClass().getSimpleName());
        }
    }

    /**
     * Publishes an event for everybody who is missing or behind, and in a deep run for everybody who is anywhere. Orphans are
     * read again by the router, not before {@code usher.reconciliation.grace} is over: a replica that lags does not show who was
     * just restored, and what is removed then does not come back.
     */
    public void publish(Exchange exchange) throws Exception {
        var page = Page.of(exchange);
        if (page == null) {
            return;
        }
        var failure = page.failure;
        if (failure != null) {
            throw failure;
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var found = new ArrayList<IdentityEvent>();
        page.findings.stream()
                .filter(page.run.order()::concerns)
                .map(finding ->
                        page.run.event(finding.known() ? "user.updated" : "user.created", finding.subject(), now))
                .forEach(found::add);
        events.publish(found, Urgency.BULK);
        var orphans = page.run.order().repairs()
                ? page.orphans.stream()
                        .map(orphan -> page.run.event("user.deleted", orphan, now))
                        .toList()
                : List.<IdentityEvent>of();
        events.publish(orphans, Urgency.BULK, settings.grace());
        page.events = Stream.concat(found.stream(), orphans.stream()).toList();
    }

    /** Stores what the page came to, and where the run goes on, in one transaction. */
    public void advance(Exchange exchange) {
        var page = Page.of(exchange);
        if (page == null) {
            return;
        }
        if (page.run.state() == State.LISTING) {
            runs.listed(page, clock.instant());
        } else {
            runs.sought(page, clock.instant());
        }
        if (page.run.state() == State.ORPHANS && page.sought.isEmpty()) {
            conclusions.compared(page.run.id());
        } else {
            conclusions.progressed(page.run.id());
        }
    }

    /** A step failed: it is told in one line, and done again after a while. Nothing was moved on. */
    public void putOff(Exchange exchange) {
        var failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        var known = failure == null ? new IllegalStateException("no cause") : failure;
        LOG.warn("Reconciliation: no step before {}, because {}", backOff.failed(known), reason(known));
    }

    private static String reason(Exception failure) {
        if (failure instanceof HeldBack held) {
            return String.valueOf(held.getMessage());
        }
        return failure instanceof HttpOperationFailedException answer
                ? "the directory answered " + answer.getStatusCode() + " " + answer.getStatusText()
                : failure.getClass().getSimpleName();
    }

    private static Page page(Exchange exchange) {
        var page = Page.of(exchange);
        if (page == null) {
            throw new IllegalStateException("a user is compared outside of reconcile-users");
        }
        return page;
    }
}
