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
import dev.usher.event.Headers;
import dev.usher.event.IdentityEvent;
import dev.usher.leaving.HeldEvents;
import dev.usher.projection.Change;
import dev.usher.projection.DeliveryRow;
import dev.usher.projection.Heard;
import dev.usher.projection.Known;
import dev.usher.projection.Outcome;
import dev.usher.projection.Person;
import dev.usher.projection.Projection;
import dev.usher.projection.Projections;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The bean {@code router}, called by the route {@code route-identity-events}: {@link #read} the user, {@link #compare}
 * with what was known, let the route's rules speak, {@link #decide}, fan out.
 */
@Component("router")
public final class Router {

    static final String PROCEED = "proceed";
    private static final String MESSAGE = "message";
    static final String DELETED = "user.deleted";
    private static final String NO_SUCH_USER = "the directory has no such user";

    private static final Set<String> TYPES = Set.of(
            "user.created",
            "user.updated",
            "user.disabled",
            DELETED,
            "contact.created",
            "contact.updated",
            "contact.deleted");

    /** Why an event ended in {@link #read}: a variable, for the operator who planned. */
    public static final String ENDED = "ended";

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Directory directory;
    private final ContactOwners owners;
    private final Departures departures;
    private final Projections projections;
    private final Destinations destinations;
    private final Fingerprint fingerprint;
    private final UserHash hash;
    private final DueTimes dueTimes;
    private final Duration patience;
    private final long clockMargin;
    private final Clock clock;

    Router(
            Directory directory,
            ContactOwners owners,
            Departures departures,
            Projections projections,
            Destinations destinations,
            Fingerprint fingerprint,
            UserHash hash,
            DueTimes dueTimes,
            UsherSettings settings,
            Clock clock) {
        this.directory = directory;
        this.owners = owners;
        this.departures = departures;
        this.projections = projections;
        this.destinations = destinations;
        this.fingerprint = fingerprint;
        this.hash = hash;
        this.dueTimes = dueTimes;
        this.patience = settings.patience();
        this.clockMargin = TimeUnit.MILLISECONDS.toMicros(settings.clockMargin().toMillis());
        this.clock = clock;
    }

    /**
     * Reads the event in the body, then the user it speaks of from the directory; the user (Graph's JSON) becomes the
     * body. Concurrent calls share requests. A deletion is read too: a user whom the directory does not show is {@code
     * {"id", "deleted": true}}, and one whom it shows is back, or the replica that was asked lags.
     *
     * <p>Sets the variable {@code proceed}: false for an older change of a user already routed, and for any change of one
     * who was deleted, or whose deletion is held, and is not in the directory. One that is older by less than {@code usher.clock-margin} is read all
     * the same, because the clocks of two sources may differ by so much.
     *
     * <p>A contact whose user name holds an object id that the directory does not have ends as skipped, once {@code
     * usher.patience} is over: anybody may write such a name.
     *
     * <p>An event that names only a contact ends here too. Its user's event, if it has a user, is put into the body and
     * the variable {@code forward} is true: on the queue it takes its place among the events of that user, which are
     * handled one after the other. So nothing is written that was read before something newer was written.
     *
     * @throws HeldBack when the user is not there yet, within {@code usher.patience} after the event; when a user who was
     *     deleted is still there, within the clock margin; when Dataverse does not give the contact that an event names
     * @throws Refused for an unknown type, an event without a subject, or a user that never became readable
     */
    public void read(Exchange exchange) throws Exception {
        var received = Envelope.open(exchange);
        var event = parsed(received.text());
        if (!TYPES.contains(event.type())) {
            throw new Refused("unknown event type " + event.type());
        }
        exchange.setVariable(PROCEED, false);
        var subject = event.subject();
        if (subject == null) {
            forward(exchange, received, event);
            return;
        }
        var routing = new Routing(received, event, subject, projections.find(subject));
        routing.released = received.has(HeldEvents.RELEASED);
        routing.keepOn(exchange);
        var person = routing.known.person();
        routing.late = person != null && routing.version < person.version();
        if (person != null && routing.version < person.version() - clockMargin) {
            end(exchange, routing, Outcome.STALE, null);
            return;
        }
        var user = user(routing);
        if (user == null && routing.isOrdered()) {
            end(exchange, routing, Outcome.SKIPPED, NO_SUCH_USER);
            return;
        }
        if (user == null && person != null && person.deleted()) {
            end(exchange, routing, Outcome.STALE, null);
            return;
        }
        if (user == null && routing.inspection != null) {
            end(exchange, routing, Outcome.STALE, "gone since it was listed");
            return;
        }
        if (user == null && person != null && departures.isHeld(subject)) {
            end(exchange, routing, Outcome.STALE, "deleted, and the mass-change guard held that");
            return;
        }
        if (user == null && person == null && routing.isOfContact() && isOver(event)) {
            end(exchange, routing, Outcome.SKIPPED, NO_SUCH_USER);
            return;
        }
        if (user == null) {
            notThere(event);
        }
        exchange.getMessage().setBody(user);
        exchange.setVariable(PROCEED, true);
    }

    private @Nullable ObjectNode user(Routing routing) throws Exception {
        var user = directory.user(routing.subject);
        if (user == null && (routing.isDeletion() || routing.released)) {
            routing.becomes(DELETED);
            return deleted(routing.subject);
        }
        if (user != null && routing.isDeletion()) {
            if (!routing.released && !routing.isOrdered()) {
                stillThere(routing.event);
            }
            routing.becomes("user.updated");
        }
        return user;
    }

    private void forward(Exchange exchange, Envelope received, IdentityEvent event) {
        var owner = owners.of(event);
        var user = owner.objectId();
        if (user == null) {
            var nobody = new Routing(received, event, String.valueOf(event.about()), new Known(null, Map.of()));
            end(exchange, nobody, Outcome.SKIPPED, owner.refusal());
            return;
        }
        received.next(event.of(user).toJson(), user)
                .with(Headers.SUBJECT, user)
                .with(Headers.EVENT, event.id())
                .with(Headers.TYPE, event.type())
                .onto(exchange.getMessage());
        exchange.setVariable("forward", true);
    }

    private void end(Exchange exchange, Routing routing, Outcome outcome, @Nullable String reason) {
        if (routing.isPlan()) {
            exchange.setVariable(ENDED, reason == null ? outcome.word() : reason);
            return;
        }
        projections.write(List.of(row(routing, Destinations.ROUTER, outcome, reason)));
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

    private boolean isOver(IdentityEvent event) {
        return age(event).compareTo(patience) >= 0;
    }

    private Duration age(IdentityEvent event) {
        return Duration.between(event.time(), clock.instant());
    }

    private void notThere(IdentityEvent event) {
        if (isOver(event)) {
            throw new Refused(NO_SUCH_USER + ", " + patience.toMinutes() + " min after the event");
        }
        var wait = age(event).dividedBy(4);
        throw new HeldBack(
                "the directory does not show the user yet",
                wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.plusSeconds(1));
    }

    /** The deletion of a user who is there: the read may lag, so it waits; after that the user was restored. */
    private void stillThere(IdentityEvent event) {
        var age = age(event);
        if (TimeUnit.MILLISECONDS.toMicros(age.toMillis()) < clockMargin) {
            throw new HeldBack(
                    "the directory still shows a user who was deleted",
                    age.dividedBy(4).plusSeconds(1));
        }
    }

    /**
     * Compares the SCIM user in the body with the one last routed. Sets the variable {@code known}: the names of the
     * destinations that hold this user or may come to hold it, each between blanks.
     *
     * <p>Sets the variable {@code proceed}: false when a newer event tells nothing new, being the echo of our own write or
     * a change of something nobody maps. Sets the variable {@code departs}: true when somebody known is now disabled or
     * deleted, which the mass-change guard must judge. An event of the reconciliation goes on with the version that is known; so
     * does one that shows a contact to a user whom Dataverse does not have yet.
     *
     * @throws HeldBack while the directory or the contact may not show yet what was written to it
     */
    public void compare(Exchange exchange) {
        var routing = Routing.of(exchange);
        routing.user = exchange.getMessage().getBody(ObjectNode.class);
        routing.hash = hash.of(routing.user);
        var person = routing.known.person();
        routing.changed = person == null || !person.contentHash().equals(routing.hash);
        routing.linkedBefore = Sides.before(exchange);
        waitUntilShown(exchange, routing);
        contest(routing);
        if (person != null && routing.late) {
            boolean news = routing.changed || !routing.contested.isEmpty();
            routing.version = news ? person.version() + 1 : person.version();
            contest(routing);
        } else if (person != null
                && !routing.changed
                && routing.contested.isEmpty()
                && routing.version > person.version()) {
            if (routing.inspection == null && !routing.opensDataverse()) {
                remember(routing);
                exchange.setVariable(PROCEED, false);
                if (routing.released) {
                    end(exchange, routing, Outcome.STALE, "the user is back");
                }
                return;
            }
            routing.version = person.version();
        }
        if (routing.isDry() && routing.changed) {
            exchange.setVariable(PROCEED, false);
            if (routing.released) {
                end(exchange, routing, Outcome.STALE, "the user is back");
            }
            return;
        }
        exchange.setVariable("departs", !routing.released && routing.departs());
        Rules.ask(exchange, routing.known, destinations);
    }

    /** A side that was written a moment ago, and shows what it held before, is not believed yet. */
    private static void waitUntilShown(Exchange exchange, Routing routing) {
        var wait = Sides.unsure(exchange);
        if (wait != null && !routing.isDry() && !routing.isPlan()) {
            throw new HeldBack("directory or contact may not show yet what was written to it", wait);
        }
    }

    private void contest(Routing routing) {
        var before = routing.linkedBefore;
        var projection = routing.known.in(Contest.DATAVERSE);
        var contest = Contest.of(
                routing.user,
                routing.subject,
                routing.version,
                before,
                projection == null ? null : projection.remoteId(),
                fingerprint);
        routing.contest = contest;
        if (contest != null) {
            boolean again = before != null && before.contestedAt() == routing.version; // after a crash
            routing.contested = again ? Set.of(Contest.DIRECTORY, Contest.DATAVERSE) : contest.losers();
        }
    }

    private void remember(Routing routing) {
        if (routing.contest != null && routing.contest.isNews(routing.linkedBefore)) {
            projections.write(List.of(routing.contest.linked()));
        }
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
        addContact(routing, changes);
        if (routing.known.person() == null) {
            changes.add(new Heard(routing.subject, routing.event.source()));
        }
        for (var destination : destinations.all()) {
            var rule = Rules.refusal(exchange, destination);
            var projection = routing.known.in(destination.name());
            if (!destination.settings().enabled()) {
                changes.add(row(routing, destination.name(), Outcome.SKIPPED, rule));
            } else if (rule != null) {
                changes.add(skipped(routing, destination, projection, rule));
                changes.add(row(routing, destination.name(), Outcome.SKIPPED, rule));
            } else if (routing.isOrdered(destination.name())
                    || routing.mustLook(destination.name())
                    || !routing.isDry() && isDue(routing, destination, projection)) {
                due.add(destination.name());
            }
        }
        if (routing.late && !routing.changed && due.isEmpty()) {
            changes.clear();
            changes.add(row(routing, Destinations.ROUTER, Outcome.STALE, null));
        }
        if (!routing.isDry() && !routing.isPlan()) {
            projections.write(changes);
        }
        exchange.setVariable("due", due);
        if (!routing.isPlan()) {
            dueTimes.plan(routing, due);
        }
        exchange.setVariable(MESSAGE, envelope(routing));
    }

    private void addContact(Routing routing, List<Change> changes) {
        var contest = routing.contest;
        if (contest != null) {
            contest.reasons()
                    .forEach(reason -> changes.add(row(routing, Destinations.ROUTER, Outcome.SKIPPED, reason)));
            if (contest.isNews(routing.linkedBefore)) {
                changes.add(contest.linked());
            }
        }
        var several = routing.user.path(IdentityEvent.EXTENSION).path("contact").path("several");
        if (!several.isEmpty()) {
            changes.add(row(
                    routing,
                    Destinations.ROUTER,
                    Outcome.SKIPPED,
                    "several contacts belong to this user, none is believed: " + several));
        }
    }

    private static boolean isDue(Routing routing, Destination destination, @Nullable Projection projection) {
        if (routing.isOrderedElsewhere(destination.name())) {
            return false;
        }
        if (projection == null || !projection.reflects(routing.hash, destination.mapping())) {
            return true;
        }
        if (routing.contested.contains(destination.name()) && projection.version() < routing.version) {
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

    private static Envelope envelope(Routing routing) {
        var event = routing.event;
        var text = new IdentityEvent(
                        event.id(), event.source(), event.type(), event.subject(), event.time(), routing.user)
                .toJson();
        var envelope = routing.envelope(text).with(Headers.USER_HASH, routing.hash);
        var directoryAt = routing.notBefore.get(Destinations.DIRECTORY);
        return directoryAt == null ? envelope : envelope.with(Headers.DIRECTORY_AT, directoryAt);
    }

    /**
     * Addresses one message of the fan-out: to the queue of the destination named by the body, not before it wants to see
     * the user. The event with the SCIM user becomes the body, and what destinations need the headers.
     */
    public void address(Exchange exchange) {
        var routing = Routing.of(exchange);
        var message = exchange.getMessage();
        var destination = message.getBody(String.class);
        exchange.getVariable(MESSAGE, Envelope.class).onto(message);
        message.setHeader("CamelJmsDestinationName", "deliver." + destination);
        var notBefore = routing.notBefore.get(destination);
        if (notBefore != null) {
            message.setHeader("_AMQ_SCHED_DELIVERY", notBefore);
        }
        if (routing.contested.contains(destination)) {
            message.setHeader(Headers.CONTESTED, true);
        }
        var rule = exchange.getVariable("send-" + destination, String.class);
        if (rule != null) {
            message.setHeader(Headers.RULE, rule);
        }
        if (routing.isPlan()) {
            message.setHeader(Headers.PLAN, true);
        }
        var inspection = routing.inspection;
        if (inspection != null && routing.mustLook(destination)) {
            message.setHeader(Headers.DEEP, inspection.deep().word());
        }
    }

    private DeliveryRow row(Routing routing, String destination, Outcome outcome, @Nullable String reason) {
        return routing.row(destination, outcome, reason, clock.millis());
    }
}
