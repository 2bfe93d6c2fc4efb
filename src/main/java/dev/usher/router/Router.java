package dev.usher.router;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.content.Fingerprint;
import dev.usher.delivery.Envelope;
import dev.usher.delivery.HeldBack;
import dev.usher.delivery.Refused;
import dev.usher.destination.Destination;
import dev.usher.destination.Destinations;
import dev.usher.destination.UsherSettings;
import dev.usher.entra.Directory;
import dev.usher.event.IdentityEvent;
import dev.usher.leaving.HeldEvents;
import dev.usher.projection.Change;
import dev.usher.projection.DeliveryRow;
import dev.usher.projection.Outcome;
import dev.usher.projection.Person;
import dev.usher.projection.Projection;
import dev.usher.projection.Projections;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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

    static final String PROCEED = "proceed";
    private static final String MESSAGE = "message";
    static final String DELETED = "user.deleted";

    private static final Set<String> TYPES = Set.of("user.created", "user.updated", "user.disabled", DELETED);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Directory directory;
    private final Projections projections;
    private final Destinations destinations;
    private final Fingerprint fingerprint;
    private final Duration patience;
    private final Clock clock;

    Router(
            Directory directory,
            Projections projections,
            Destinations destinations,
            Fingerprint fingerprint,
            UsherSettings settings,
            Clock clock) {
        this.directory = directory;
        this.projections = projections;
        this.destinations = destinations;
        this.fingerprint = fingerprint;
        this.patience = settings.patience();
        this.clock = clock;
    }

    /**
     * Reads the event in the body, then the user it speaks of from the directory; the user (Graph's JSON) becomes the
     * body. Concurrent calls share requests. A deletion is not read again: its user is {@code {"id", "deleted": true}}.
     * What was held and released is always read: the user may be back by now, or deleted.
     *
     * <p>Sets the variable {@code proceed}: false for an older change of a user already routed, and for any change of one
     * who was deleted and is not in the directory.
     *
     * @throws HeldBack when the user is not there yet, within {@code usher.patience} after the event
     * @throws Refused for an unknown type, an event without a subject, or a user that never became readable
     */
    public void read(Exchange exchange) throws Exception {
        var received = Envelope.open(exchange);
        var event = parsed(received.text());
        var subject = event.subject();
        if (!TYPES.contains(event.type())) {
            throw new Refused("unknown event type " + event.type());
        }
        if (subject == null) {
            throw new Refused("the event names no user");
        }
        var routing = new Routing(received, event, subject, projections.find(subject));
        routing.released = received.has(HeldEvents.RELEASED);
        routing.keepOn(exchange);
        var person = routing.known.person();
        if (person != null && routing.version < person.version()) {
            stale(exchange, routing, null);
            return;
        }
        var user = user(routing);
        if (user == null && person != null && person.deleted()) {
            stale(exchange, routing, null);
            return;
        }
        if (user == null) {
            notThere(event);
        }
        exchange.getMessage().setBody(user);
        exchange.setVariable(PROCEED, true);
    }

    private @Nullable ObjectNode user(Routing routing) throws Exception {
        if (routing.isDeletion() && !routing.released) {
            return deleted(routing.subject);
        }
        var user = directory.user(routing.subject);
        if (routing.released && user == null) {
            routing.becomes(DELETED);
            return deleted(routing.subject);
        }
        if (routing.isDeletion()) {
            routing.becomes("user.updated");
        }
        return user;
    }

    private void stale(Exchange exchange, Routing routing, @Nullable String reason) {
        projections.write(List.of(row(routing, Destinations.ROUTER, Outcome.STALE, reason)));
        exchange.setVariable(PROCEED, false);
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
     * a change of something nobody maps. Sets the variable {@code departs}: true when somebody known is now disabled or
     * deleted, which the mass-change guard must judge.
     */
    public void compare(Exchange exchange) {
        var routing = Routing.of(exchange);
        routing.user = exchange.getMessage().getBody(ObjectNode.class);
        routing.hash = fingerprint.of(content(routing.user));
        var person = routing.known.person();
        routing.changed = person == null || !person.contentHash().equals(routing.hash);
        if (person != null && !routing.changed && routing.version > person.version()) {
            exchange.setVariable(PROCEED, false);
            if (routing.released) {
                stale(exchange, routing, "the user is back");
            }
            return;
        }
        exchange.setVariable("departs", !routing.released && routing.departs());
        exchange.setVariable(
                "known",
                destinations.all().stream()
                        .map(Destination::name)
                        .filter(routing::mayExistIn)
                        .collect(Collectors.joining(" ", " ", " ")));
    }

    /** What counts as a change: not what Usher itself writes into the directory, and not the bookkeeping. */
    private static ObjectNode content(ObjectNode user) {
        var content = user.deepCopy();
        content.remove(List.of("meta", "userName"));
        if (content.get(EXTENSION) instanceof ObjectNode extension) {
            extension.remove("directory");
        }
        return content;
    }

    /**
     * Turns the rules' answers into what is due. For every destination the route has set a variable
     * {@code send-<destination>}, or {@code skip-<destination>} with the rule that said no. Writes down who is skipped;
     * sets the variable {@code due}: the destinations whose queues get this user.
     */
    public void decide(Exchange exchange) {
        var routing = Routing.of(exchange);
        var due = new ArrayList<String>();
        var changes = new ArrayList<Change>();
        changes.add(new Person(
                routing.subject,
                routing.version,
                routing.hash,
                emailHash(routing),
                routing.isDeletion(),
                routing.state().equals("disabled")));
        for (var destination : destinations.all()) {
            var rule = refusal(exchange, destination);
            var projection = routing.known.in(destination.name());
            if (rule != null) {
                changes.add(skipped(routing, destination, projection, rule));
                changes.add(row(routing, destination.name(), Outcome.SKIPPED, rule));
            } else if (isDue(routing, destination, projection)) {
                due.add(destination.name());
            }
        }
        projections.write(changes);
        exchange.setVariable("due", due);
        exchange.setVariable(MESSAGE, envelope(routing, due));
    }

    private static @Nullable String refusal(Exchange exchange, Destination destination) {
        if (!destination.settings().enabled()) {
            return "switched off";
        }
        var skip = exchange.getVariable("skip-" + destination.name(), String.class);
        if (skip != null) {
            return skip;
        }
        return exchange.getVariable("send-" + destination.name()) == null
                ? "no rule of route-identity-events names it"
                : null;
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

    private Envelope envelope(Routing routing, List<String> due) {
        var event = routing.event;
        var text = new IdentityEvent(
                        event.id(), event.source(), event.type(), event.subject(), event.time(), routing.user)
                .toJson();
        var envelope = routing.envelope(text).with("usherUserHash", routing.hash);
        if (due.contains(Destinations.DIRECTORY)) {
            envelope.with("usherDirectoryAt", notBefore(Destinations.DIRECTORY));
        }
        return envelope;
    }

    private long notBefore(String destination) {
        return clock.millis()
                + destinations.get(destination).settings().settle().toMillis();
    }

    /**
     * Addresses one message of the fan-out: to the queue of the destination named by the body, not before it wants to see
     * the user. The event with the SCIM user becomes the body, and what destinations need the headers.
     */
    public void address(Exchange exchange) {
        var message = exchange.getMessage();
        var destination = message.getBody(String.class);
        exchange.getVariable(MESSAGE, Envelope.class).onto(message);
        message.setHeader("CamelJmsDestinationName", "deliver." + destination);
        if (!destinations.get(destination).settings().settle().isZero()) {
            message.setHeader("_AMQ_SCHED_DELIVERY", notBefore(destination));
        }
    }

    private DeliveryRow row(Routing routing, String destination, Outcome outcome, @Nullable String reason) {
        return routing.row(destination, outcome, reason, clock.millis());
    }
}
