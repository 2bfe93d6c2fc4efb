package dev.usher.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.usher.content.Fingerprint;
import dev.usher.destination.DeliverySettings;
import dev.usher.destination.Destinations;
import dev.usher.destination.Effect;
import dev.usher.event.Headers;
import dev.usher.event.IdentityEvent;
import dev.usher.projection.Change;
import dev.usher.projection.HandEdit;
import dev.usher.projection.Outcome;
import dev.usher.projection.Projection;
import dev.usher.projection.Projections;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The bean {@code delivery}, called by every {@code deliver-<destination>} route: {@link #recall}, map, {@link #compare},
 * call, {@link #record}. One that can be looked at by a deep reconciliation calls {@link #look}, reads and calls
 * {@link #saw} after {@code recall}.
 *
 * <p>The process may die at any line between {@code compare} and {@code record}. The message is then delivered again,
 * with the same content, version and idempotency key, and {@code compare} finds what had been recorded by then.
 */
@Component("delivery")
public final class Deliveries {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final String OPERATION = "operation";
    private static final String REMOTE_ID = "remoteId";
    private static final String NOTE = "note";
    private static final String KEY = "key";
    private static final String CONTENT = "content";
    private static final String LOOKING = "looking";
    private static final int CLOCKS_APART = 500;

    private final Projections projections;
    private final Destinations destinations;
    private final Fingerprint fingerprint;
    private final Pauses pauses;
    private final Backlog backlog;
    private final Unwritten unwritten;
    private final Clock clock;
    private final long begun;
    private final ObjectMapper json = new ObjectMapper();

    Deliveries(
            Projections projections,
            Destinations destinations,
            Fingerprint fingerprint,
            Pauses pauses,
            Backlog backlog,
            Unwritten unwritten,
            Clock clock) {
        this.projections = projections;
        this.destinations = destinations;
        this.fingerprint = fingerprint;
        this.pauses = pauses;
        this.backlog = backlog;
        this.unwritten = unwritten;
        this.clock = clock;
        this.begun = clock.millis();
    }

    /**
     * Parses the event in the body and looks up what the destination holds, for the mapping to use. Sets the variables
     * {@code event} (as text), {@code subject} (the object id), {@code leaving} (what becomes of the record because the user
     * is disabled or deleted: {@code keep}, {@code mark}, {@code archive} or {@code delete}; empty for a user who is there),
     * {@code remoteId} (null when nothing is known to exist there), {@code remoteIds} (all destinations' ids by name, as JSON
     * text), {@code note} (what the route remembered of its last write), {@code variant} (how often this content was refused
     * as taken), {@code version} (event time in microseconds) and {@code looking}: true when a deep reconciliation wants the
     * route to {@link #look}, to read what the destination holds, and to call {@link #saw} with it.
     */
    public void recall(Exchange exchange) throws JsonProcessingException {
        var delivery = Delivery.of(exchange, clock.millis());
        if (!delivery.plan) {
            backlog.taken(delivery.destination, delivery.envelope.sentAt(clock.millis()));
        }
        var event = json.readTree(delivery.envelope.text());
        unwritten.catchUp(delivery.subject, delivery.destination);
        delivery.known = projections.find(delivery.subject);
        var projection = delivery.projection();
        var usher = event.path("data").path(IdentityEvent.EXTENSION);
        var directoryId =
                usher.at("/directory/foreignIds").path(delivery.destination).textValue();
        delivery.effect = destinations
                .get(delivery.destination)
                .leaving()
                .of(usher.path("state").asText());
        delivery.directoryId = directoryId;
        if (projection != null) {
            delivery.remoteId = projection.remoteId();
            delivery.note = projection.note();
        }
        if (delivery.remoteId == null
                && (projection == null || projection.claim() == null && !projection.knowsAsGone(directoryId))) {
            delivery.remoteId = directoryId;
        }
        exchange.getMessage().setBody(event);
        exchange.setVariable("event", delivery.envelope.text());
        exchange.setVariable("subject", delivery.subject);
        exchange.setVariable("leaving", delivery.effect == null ? "" : delivery.effect.word());
        exchange.setVariable(REMOTE_ID, delivery.remoteId);
        exchange.setVariable("remoteIds", remoteIds(delivery));
        exchange.setVariable(NOTE, delivery.note);
        exchange.setVariable("variant", delivery.variant);
        exchange.setVariable("version", delivery.version);
        exchange.setVariable(LOOKING, !delivery.deep.isEmpty() && delivery.remoteId != null);
    }

    /**
     * Notes that what the route asked has answered: failures before this no longer count, and a pause ends. For a route that
     * is no delivery; the others say so by {@link #saw} and {@link #record}.
     */
    public void answered(Exchange exchange) {
        pauses.succeeded(exchange.getFromRouteId());
    }

    /**
     * Asks to read what the destination holds, before the call that does it.
     *
     * @throws HeldBack when the destination is paused
     */
    public void look(Exchange exchange) {
        var delivery = Delivery.of(exchange, clock.millis());
        pauses.enter(delivery.routeId);
        delivery.operation = "read";
        delivery.calling = true;
    }

    /**
     * Takes what the destination was found to hold: the body, in the shape that the mapping gives, or null when the record
     * is gone. Of it only what the mapping wants is compared. Puts the event back into the body, for the mapping.
     */
    public void saw(Exchange exchange) throws JsonProcessingException {
        var delivery = Delivery.of(exchange, clock.millis());
        var seen = exchange.getMessage().getBody(JsonNode.class);
        if (delivery.calling) {
            delivery.calling = false;
            pauses.succeeded(delivery.routeId);
        }
        if (seen == null || seen.isNull()) {
            delivery.finding = HandEdit.REMOVED;
            forgetRemoved(exchange, delivery);
        } else {
            delivery.seen = seen;
        }
        exchange.getMessage().setBody(json.readTree(delivery.envelope.text()));
    }

    private void forgetRemoved(Exchange exchange, Delivery delivery) {
        var gone = Projection.gone(delivery.subject, delivery.destination, delivery.version, delivery.remoteId);
        if (delivery.isDry()) {
            delivery.known = delivery.known.with(gone);
        } else {
            projections.write(List.of(gone, delivery.handEdit(HandEdit.REMOVED, clock.millis())));
            delivery.known = projections.find(delivery.subject);
        }
        delivery.remoteId = null;
        delivery.note = null;
        exchange.setVariable(REMOTE_ID, null);
        exchange.setVariable(NOTE, null);
    }

    /**
     * Forgets which record is remembered, because another one is the user's: this delivery finds it anew. Nothing is
     * written before its outcome is.
     */
    public void forget(Exchange exchange) {
        var delivery = Delivery.of(exchange, clock.millis());
        var projection = delivery.projection();
        delivery.known = delivery.known.with(Projection.gone(
                delivery.subject,
                delivery.destination,
                projection == null ? delivery.version : projection.version(),
                delivery.remoteId));
        delivery.remoteId = null;
        delivery.note = null;
        exchange.setVariable(REMOTE_ID, null);
        exchange.setVariable(NOTE, null);
        exchange.setVariable(LOOKING, false);
    }

    private static String remoteIds(Delivery delivery) {
        var ids = JsonNodeFactory.instance.objectNode();
        delivery.known.projections().forEach((name, projection) -> ids.put(name, projection.remoteId()));
        return ids.toString();
    }

    /**
     * Decides whether the destination must be called. The body is the wanted content as JSON; null or an empty object
     * means that nothing is wanted, and {@code {"skip": "<rule>"}} that a rule of the mapping says no.
     *
     * <p>Sets the variable {@code due}. True: the destination must be called; the variable {@code operation} is
     * {@code create}, {@code update}, {@code archive}, {@code delete} or {@code confirm} (an earlier create's answer was lost for so long that the
     * destination must be asked), {@code key} is the idempotency key and {@code content} the content. False: there is
     * nothing to send, and the outcome is recorded.
     *
     * <p>Where the vendor knows no idempotency keys, a create that a live message could overtake is claimed before it is sent:
     * after a crash nothing else would tell that message of it.
     *
     * @throws HeldBack when the destination is paused, or another version's create is not yet resolved
     */
    public void compare(Exchange exchange) {
        exchange.setVariable("due", isDue(exchange));
    }

    private boolean isDue(Exchange exchange) {
        var delivery = Delivery.of(exchange, clock.millis());
        var body = exchange.getMessage().getBody(JsonNode.class);
        var content = body == null ? NullNode.getInstance() : body;
        var projection = delivery.projection();
        if (delivery.isDry() && !delivery.plan) {
            note(delivery, projection, content);
            return false;
        }
        var decision = decide(delivery, projection, content);
        if (decision.outcome == null) {
            delivery.operation = operation(delivery, decision.claim, decision.resolvesClaim);
        }
        if (delivery.plan) {
            Draft.of(delivery, decision.outcome, decision.reason, content).keepOn(exchange);
            return false;
        }
        if (decision.outcome != null) {
            return finished(delivery, decision.outcome, decision.reason, remembered(delivery, projection, decision));
        }
        noteHandEdit(delivery, projection);
        exchange.setVariable(OPERATION, delivery.operation);
        exchange.setVariable(
                KEY, decision.resolvesClaim && decision.claim != null ? decision.claim.key() : key(delivery));
        exchange.setVariable(CONTENT, content);
        pauses.enter(delivery.routeId);
        delivery.calling = true;
        boolean creates = delivery.operation.equals(Delivery.CREATE) && !hasKeys(delivery) && delivery.mayBeOvertaken();
        if (creates || delivery.operation.equals(Delivery.CONFIRM)) {
            open(exchange, delivery);
        }
        delivery.sent = !delivery.operation.equals(Delivery.CONFIRM);
        return true;
    }

    /**
     * @param outcome null when the destination must be called
     * @param resolvesClaim whether the claim is one of this very content
     */
    private record Decision(
            @Nullable Outcome outcome,
            @Nullable String reason,
            Projection.@Nullable Claim claim,
            boolean resolvesClaim) {}

    private Decision decide(Delivery delivery, @Nullable Projection projection, JsonNode content) {
        var claim = projection == null ? null : projection.claim();
        if (projection != null && delivery.version < projection.version()) {
            return new Decision(Outcome.STALE, null, claim, false);
        }
        delivery.contentHash = fingerprint.of(content);
        boolean resolvesClaim = claim != null && claim.contentHash().equals(delivery.contentHash);
        var person = delivery.known.person();
        if (!resolvesClaim && person != null && delivery.version < person.version()) {
            return mayHaveCreated(delivery, content, claim)
                    ? new Decision(null, null, delivery.claim(key(delivery), clock.millis()), true)
                    : new Decision(Outcome.SUPERSEDED, null, claim, false);
        }
        var skip = refusal(delivery, content, claim);
        if (skip != null) {
            return new Decision(Outcome.SKIPPED, skip, claim, resolvesClaim);
        }
        if (content.isEmpty() || isCurrent(delivery, projection, content)) {
            return new Decision(Outcome.UNCHANGED, null, claim, resolvesClaim);
        }
        return new Decision(null, null, claim, resolvesClaim);
    }

    private List<Change> remembered(Delivery delivery, @Nullable Projection projection, Decision decision) {
        if (decision.outcome == Outcome.SKIPPED) {
            return List.of(
                    state(delivery, Projection.State.SKIPPED, decision.reason).with(decision.claim));
        }
        if (decision.outcome == Outcome.UNCHANGED) {
            return List.of(unchanged(delivery, projection).with(decision.claim));
        }
        return decision.outcome == Outcome.SUPERSEDED ? doubted(delivery, projection) : List.of();
    }

    /** An earlier try of this message, cut off by a crash, may have changed the record. */
    private List<Change> doubted(Delivery delivery, @Nullable Projection projection) {
        return projection != null && projection.remoteId() != null && delivery.envelope.mayHaveBeenTried(begun)
                ? List.of(projection.doubtful(projection.note()))
                : List.of();
    }

    /** Whether an earlier try of this message, cut off by a crash, may have made a record that nobody knows of. */
    private boolean mayHaveCreated(Delivery delivery, JsonNode content, Projection.@Nullable Claim claim) {
        return claim == null
                && delivery.remoteId == null
                && !hasKeys(delivery)
                && delivery.envelope.mayHaveBeenTried(begun)
                && !content.isEmpty()
                && refusal(delivery, content, null) == null;
    }

    private boolean hasKeys(Delivery delivery) {
        return destinations.get(delivery.destination).settings().hasKeys();
    }

    private static @Nullable String refusal(Delivery delivery, JsonNode content, Projection.@Nullable Claim claim) {
        if (delivery.effect == Effect.KEEP) {
            return "kept by configuration";
        }
        if (claim != null) {
            return null;
        }
        if (content.hasNonNull("skip")) {
            return content.get("skip").asText();
        }
        boolean neverArrived = delivery.remoteId == null;
        if (neverArrived && delivery.eventType.equals("user.deleted")) {
            return "deleted before it arrived here";
        }
        return neverArrived && delivery.removes() ? "disabled before it arrived here" : null;
    }

    private static boolean isCurrent(Delivery delivery, @Nullable Projection projection, JsonNode content) {
        return delivery.seen == null
                ? projection != null
                        && projection.state().isSettled()
                        && delivery.contentHash.equals(projection.contentHash())
                        && !(delivery.contested && projection.version() < delivery.version)
                : Seen.holds(delivery.seen, content);
    }

    /** Somebody's hand it was, when we know that we had written what is wanted now. */
    private void noteHandEdit(Delivery delivery, @Nullable Projection projection) {
        if (delivery.seen != null && isOurs(delivery, projection)) {
            delivery.finding = HandEdit.CHANGED;
            projections.write(List.of(delivery.handEdit(HandEdit.CHANGED, clock.millis())));
        }
    }

    private static boolean isOurs(Delivery delivery, @Nullable Projection projection) {
        return projection != null
                && projection.state() == Projection.State.CURRENT
                && delivery.userHash.equals(projection.userHash());
    }

    /** A dry run writes down what it found, and nothing else. */
    private void note(Delivery delivery, @Nullable Projection projection, JsonNode content) {
        boolean wanted = !content.isEmpty() && !content.hasNonNull("skip");
        if (wanted && delivery.seen != null && !Seen.holds(delivery.seen, content) && isOurs(delivery, projection)) {
            delivery.finding = HandEdit.CHANGED;
        }
        if (wanted && delivery.finding != null) {
            projections.write(List.of(delivery.handEdit(delivery.finding, clock.millis())));
        }
    }

    private String operation(Delivery delivery, Projection.@Nullable Claim claim, boolean resolvesClaim) {
        if (claim == null) {
            return delivery.remoteId == null ? Delivery.CREATE : delivery.change();
        }
        var settings = destinations.get(delivery.destination).settings();
        var age = Duration.ofMillis(clock.millis() - claim.at());
        if (resolvesClaim) {
            return age.compareTo(settings.keyLifetime()) < 0 ? Delivery.CREATE : Delivery.CONFIRM;
        }
        if (age.compareTo(settings.findableAfter()) >= 0) {
            return Delivery.CONFIRM;
        }
        throw new HeldBack("an earlier create has no answer yet", wait(age, settings.retry()));
    }

    /** Longer the longer it has taken already, so that a vendor in trouble for hours does not fill the log. */
    private static Duration wait(Duration age, DeliverySettings.Retry retry) {
        var grown = age.dividedBy(4);
        return grown.compareTo(retry.first()) < 0
                ? retry.first()
                : grown.compareTo(retry.most()) > 0 ? retry.most() : grown;
    }

    /**
     * The operation is part of it: vendors refuse a key that they know from another kind of call. So is why the last
     * record is not there any more: a create under the key of the first one would be answered with the record that is gone.
     * So is the event: Stripe keeps a refusal under its key too, and would answer a replay, or the repair of a record that
     * was changed by hand, with what it said the first time. So is the variant, which counts the keys that hold a failure.
     */
    private String key(Delivery delivery) {
        var projection = delivery.projection();
        var gone = projection == null || projection.reason() == null ? "" : '|' + projection.reason();
        return fingerprint.ofText(delivery.destination
                + '|'
                + delivery.subject
                + '|'
                + delivery.operation
                + '|'
                + delivery.contentHash
                + '|'
                + delivery.version
                + gone
                + '|'
                + delivery.eventId
                + (delivery.variant == 0 ? "" : "|" + delivery.variant));
    }

    /**
     * Makes durable, before the call, that a create is about to be sent under the variable {@code key}. For destinations
     * that cannot find a record again by a key of ours. Claiming the same a second time keeps the first claim.
     */
    public void claim(Exchange exchange) {
        var delivery = Delivery.of(exchange, clock.millis());
        open(exchange, delivery);
    }

    private void open(Exchange exchange, Delivery delivery) {
        var base = delivery.remembered();
        if (base.claim() == null) {
            projections.write(List.of(base.claimed(delivery.claim(exchange, clock.millis()))));
            delivery.claims = true;
        }
    }

    /**
     * Makes the variable {@code note} durable before a call of which a repeat must know that it was made. The same a second
     * time changes nothing.
     */
    public void remember(Exchange exchange) {
        var delivery = Delivery.of(exchange, clock.millis());
        projections.write(List.of(delivery.remembered().noted(exchange.getVariable(NOTE, String.class))));
        delivery.known = projections.find(delivery.subject);
    }

    /**
     * Resolves {@code confirm}: the variable {@code found} holds the ids of the records the destination was found to hold
     * for this user. One is adopted; none means that the lost create never happened. Either is made durable, and the message
     * starts over at once: the mapping, too, must know whether there is a record.
     *
     * @throws Refused when several were found: a person must decide
     * @throws HeldBack otherwise
     */
    public void confirm(Exchange exchange) {
        var delivery = Delivery.of(exchange, clock.millis());
        List<?> found = exchange.getVariable("found", List.of(), List.class);
        if (found.size() > 1) {
            throw new Refused("the destination holds several records of this user: " + found);
        }
        projections.write(List.of(delivery.remembered().settled(found.isEmpty() ? null : text(found.get(0)))));
        delivery.calling = false;
        pauses.succeeded(delivery.routeId);
        throw new HeldBack(
                found.isEmpty()
                        ? "the create without an answer never arrived"
                        : "the create without an answer did arrive",
                Duration.ZERO);
    }

    /** Camel hands a list out of jq over as JSON values. */
    private static String text(Object id) {
        return id instanceof JsonNode json ? json.asText() : String.valueOf(id);
    }

    /**
     * Records that the destination now holds the content that was compared, or no longer holds the record. The variable
     * {@code remoteId} names its record there (null: the user's own id), {@code note} is kept for the next {@link #recall},
     * and a change in the variable {@code wrote} is written with it. Durable when it returns.
     */
    public void record(Exchange exchange) {
        var delivery = Delivery.of(exchange, clock.millis());
        var outcome = delivery.remoteId == null ? Outcome.CREATED : Outcome.UPDATED;
        var remoteId = exchange.getVariable(REMOTE_ID, String.class);
        delivery.remoteId = remoteId == null ? delivery.subject : remoteId;
        delivery.note = exchange.getVariable(NOTE, String.class);
        delivery.calling = false;
        pauses.succeeded(delivery.routeId);
        if (delivery.finding != null) {
            LOG.info("{}: {} was {}, and is put right", delivery.destination, delivery.subject, delivery.finding);
        }
        var reached = delivery.reached(mapping(delivery));
        var wrote = exchange.getVariable("wrote", Change.class);
        write(
                delivery,
                wrote == null ? List.of(reached) : List.of(reached, wrote),
                outcome,
                delivery.finding == null ? delivery.reason() : delivery.finding,
                Answers.requestId(exchange.getMessage().getHeaders()));
        delivery.remoteId = reached.remoteId();
    }

    /**
     * Prepares to tell the directory this destination's id: sets the variable {@code newToDirectory}, true when the user
     * does not show it yet and the directory's own message of the same change may have been read already; puts the
     * message back as it came. Asked after every delivery, also of unchanged content, so that a crash between
     * {@link #record} and the message to the directory loses nothing.
     *
     * <p>A message to the directory that is not due for another {@value #CLOCKS_APART} ms will find the id, which is
     * durable by now: the clocks of broker and nodes may differ by that much.
     */
    public void readdress(Exchange exchange) {
        var delivery = Delivery.of(exchange, clock.millis());
        boolean newToDirectory = !delivery.isDry()
                && delivery.remoteId != null
                && !delivery.remoteId.equals(delivery.directoryId)
                && !delivery.eventType.equals("user.deleted")
                && clock.millis() + CLOCKS_APART > delivery.directoryAt;
        exchange.setVariable("newToDirectory", newToDirectory);
        if (newToDirectory) {
            delivery.envelope
                    .with(Headers.ATTEMPT, 1)
                    .with(Headers.VARIANT, 0)
                    .with(Headers.RULE, "so that the directory shows the id in " + delivery.destination)
                    .onto(exchange.getMessage());
        }
    }

    private boolean finished(Delivery delivery, Outcome outcome, @Nullable String reason, List<Change> changes) {
        write(delivery, changes, outcome, reason, null);
        return false;
    }

    private void write(
            Delivery delivery,
            List<? extends Change> changes,
            Outcome outcome,
            @Nullable String reason,
            @Nullable String requestId) {
        var all = new ArrayList<Change>(changes);
        all.add(delivery.row(outcome, reason, requestId, clock.millis()));
        projections.write(all);
    }

    private Projection state(Delivery delivery, Projection.State state, @Nullable String reason) {
        return delivery.projection(state, mapping(delivery), reason);
    }

    /** Who was archived or deleted there stays so, with the reason that says it. */
    private Projection unchanged(Delivery delivery, @Nullable Projection projection) {
        return projection != null && projection.state().isSettled()
                ? state(delivery, projection.state(), projection.reason())
                : state(delivery, Projection.State.CURRENT, null);
    }

    private String mapping(Delivery delivery) {
        return destinations.get(delivery.destination).mapping();
    }
}
