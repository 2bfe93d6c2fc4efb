package dev.usher.router;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.content.Fingerprint;
import dev.usher.delivery.HeldBack;
import dev.usher.delivery.Refused;
import dev.usher.destination.Destination;
import dev.usher.destination.Destinations;
import dev.usher.destination.UsherSettings;
import dev.usher.entra.Directory;
import dev.usher.event.IdentityEvent;
import dev.usher.projection.Change;
import dev.usher.projection.DeliveryRow;
import dev.usher.projection.Heard;
import dev.usher.projection.Outcome;
import dev.usher.projection.Person;
import dev.usher.projection.Projection;
import dev.usher.projection.Projections;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The bean {@code router}, called by the route {@code route-identity-events}: {@link #read} the user, {@link #compare}
 * with what was known, let the route's rules speak, {@link #decide}, fan out.
 */
@Component("router")
public final class Router {

    /** Member of the SCIM user that holds what Usher adds to the core schema. */
    public static final String EXTENSION = "urn:dev:usher:scim:schemas:extension:2.0:User";

    private static final String PROCEED = "proceed";
    private static final String PRIORITY = "JMSPriority";
    private static final Set<String> TYPES = Set.of("user.created", "user.updated", "user.disabled", "user.deleted");
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Directory directory;
    private final Projections projections;
    private final Destinations destinations;
    private final Fingerprint fingerprint;
    private final UserHash hash;
    private final Duration patience;
    private final Clock clock;

    Router(
            Directory directory,
            Projections projections,
            Destinations destinations,
            Fingerprint fingerprint,
            UserHash hash,
            UsherSettings settings,
            Clock clock) {
        this.directory = directory;
        this.projections = projections;
        this.destinations = destinations;
        this.fingerprint = fingerprint;
        this.hash = hash;
        this.patience = settings.patience();
        this.clock = clock;
    }

    /**
     * Reads the event in the body, then the user it speaks of from the directory; the user (Graph's JSON) becomes the
     * body. Concurrent calls share requests. A deletion is not read again: its user is {@code {"id", "deleted": true}}.
     *
     * <p>Sets the variable {@code proceed}: false for an older change of a user already routed.
     *
     * @throws HeldBack when the user is not there yet, within {@code usher.patience} after the event
     * @throws Refused for an unknown type, an event without a subject, or a user that never became readable
     */
    public void read(Exchange exchange) throws Exception {
        var event = parsed(exchange.getMessage().getBody(String.class));
        var subject = event.subject();
        if (!TYPES.contains(event.type())) {
            throw new Refused("unknown event type " + event.type());
        }
        if (subject == null) {
            throw new Refused("the event names no user");
        }
        var routing = new Routing(event, subject, projections.find(subject));
        routing.keepOn(exchange);
        var person = routing.known.person();
        if (person != null && routing.version < person.version()) {
            projections.write(List.of(row(routing, Destinations.ROUTER, Outcome.STALE, null)));
            exchange.setVariable(PROCEED, false);
            return;
        }
        var user = routing.isDeletion() ? deleted(subject) : directory.user(subject);
        if (user == null && routing.inspection != null) {
            projections.write(List.of(row(routing, Destinations.ROUTER, Outcome.STALE, "gone since it was listed")));
            exchange.setVariable(PROCEED, false);
            return;
        }
        if (user == null) {
            notThere(event);
        }
        exchange.getMessage().setBody(user);
        exchange.setVariable(PROCEED, true);
    }

    private static IdentityEvent parsed(String body) {
        try {
            return IdentityEvent.parse(body);
        } catch (IllegalArgumentException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    private static ObjectNode deleted(String subject) {
        return JsonNodeFactory.instance.objectNode().put("id", subject).put("deleted", true);
    }

    private void notThere(IdentityEvent event) {
        var age = Duration.between(event.time(), clock.instant());
        if (age.compareTo(patience) >= 0) {
            throw new Refused("the directory has no such user, " + patience.toMinutes() + " min after the event");
        }
        var wait = age.dividedBy(4);
        throw new HeldBack(
                "the directory does not show the user yet",
                wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.plusSeconds(1));
    }

    /**
     * Compares the SCIM user in the body with the one last routed. Sets the variable {@code known}: the names of the
     * destinations that hold this user or may come to hold it, each between blanks.
     *
     * <p>Sets the variable {@code proceed}: false when a newer event tells nothing new, being the echo of our own write or
     * a change of something nobody maps. An event of the reconciliation goes on with the version that is known.
     */
    public void compare(Exchange exchange) {
        var routing = Routing.of(exchange);
        routing.user = exchange.getMessage().getBody(ObjectNode.class);
        routing.hash = hash.of(routing.user);
        var person = routing.known.person();
        routing.changed = person == null || !person.contentHash().equals(routing.hash);
        if (person != null && !routing.changed && routing.version > person.version()) {
            if (routing.inspection == null) {
                exchange.setVariable(PROCEED, false);
                return;
            }
            routing.version = person.version();
        }
        if (routing.isDry() && routing.changed) {
            exchange.setVariable(PROCEED, false);
            return;
        }
        Rules.ask(exchange, routing.known, destinations);
    }

    /**
     * Turns the rules' answers into what is due. For every destination the route has set a variable
     * {@code send-<destination>}, or {@code skip-<destination>} with the rule that said no. Writes down who is skipped;
     * sets the variable {@code due}: the destinations whose queues get this user; puts the event with the SCIM user into
     * the body and what the destinations need into the headers, the JMS priority among them.
     */
    public void decide(Exchange exchange) {
        var routing = Routing.of(exchange);
        var due = new ArrayList<String>();
        var changes = new ArrayList<Change>();
        changes.add(
                new Person(routing.subject, routing.version, routing.hash, emailHash(routing), routing.isDeletion()));
        if (routing.known.person() == null) {
            changes.add(new Heard(routing.subject, routing.event.source()));
        }
        for (var destination : destinations.all()) {
            var rule = Rules.refusal(exchange, destination);
            var projection = routing.known.in(destination.name());
            if (rule != null) {
                changes.add(skipped(routing, destination, projection, rule));
                changes.add(row(routing, destination.name(), Outcome.SKIPPED, rule));
            } else if (routing.mustLook(destination.name())
                    || !routing.isDry() && isDue(routing, destination, projection)) {
                due.add(destination.name());
            }
        }
        if (!routing.isDry()) {
            projections.write(changes);
        }
        exchange.setVariable("due", due);
        prepare(exchange, routing);
    }

    private static boolean isDue(Routing routing, Destination destination, @Nullable Projection projection) {
        if (projection == null || !projection.reflects(routing.hash, destination.mapping())) {
            return true;
        }
        var person = routing.known.person();
        return person != null && projection.version() < person.version();
    }

    private static Projection skipped(
            Routing routing, Destination destination, @Nullable Projection projection, String rule) {
        return new Projection(
                routing.subject,
                destination.name(),
                Projection.State.SKIPPED,
                projection == null ? null : projection.remoteId(),
                projection == null ? null : projection.contentHash(),
                routing.hash,
                destination.mapping(),
                routing.version,
                rule,
                projection == null ? null : projection.note(),
                projection == null ? null : projection.claim());
    }

    private @Nullable String emailHash(Routing routing) {
        var email = routing.email();
        return email == null ? null : fingerprint.ofEmail(email);
    }

    private static void prepare(Exchange exchange, Routing routing) {
        var event = routing.event;
        var message = exchange.getMessage();
        var priority = message.getHeader(PRIORITY);
        message.removeHeaders("*");
        if (priority != null) {
            message.setHeader(PRIORITY, priority);
        }
        message.setHeader("JMSXGroupID", routing.subject);
        message.setHeader("usherSubject", routing.subject);
        message.setHeader("usherVersion", routing.version);
        message.setHeader("usherEvent", event.id());
        message.setHeader("usherType", event.type());
        message.setHeader("usherUserHash", routing.hash);
        exchange.setVariable(
                "message",
                new IdentityEvent(event.id(), event.source(), event.type(), event.subject(), event.time(), routing.user)
                        .toJson());
    }

    /**
     * Addresses one message of the fan-out: to the queue of the destination named by the body, not before it wants to see
     * the user. Puts the event into the body.
     */
    public void address(Exchange exchange) {
        var message = exchange.getMessage();
        var destination = message.getBody(String.class);
        var settle = destinations.get(destination).settings().settle();
        var routing = Routing.of(exchange);
        message.setHeader("CamelJmsDestinationName", "deliver." + destination);
        if (routing.inspection != null && routing.mustLook(destination)) {
            message.setHeader("usherDeep", routing.inspection.deep().word());
        }
        if (!settle.isZero()) {
            message.setHeader("_AMQ_SCHED_DELIVERY", clock.millis() + settle.toMillis());
        }
        message.setBody(exchange.getVariable("message"));
    }

    private DeliveryRow row(Routing routing, String destination, Outcome outcome, @Nullable String reason) {
        var now = clock.millis();
        return new DeliveryRow(
                now,
                routing.subject,
                destination,
                routing.event.id(),
                routing.event.type(),
                routing.version,
                outcome,
                reason,
                null,
                null,
                1,
                now - routing.event.time().toEpochMilli());
    }
}
