package dev.usher.delivery;

import dev.usher.delivery.Verdict.Kind;
import dev.usher.destination.DeliverySettings;
import dev.usher.destination.Destination;
import dev.usher.destination.Destinations;
import dev.usher.event.Headers;
import dev.usher.projection.Change;
import dev.usher.projection.DeadLetter;
import dev.usher.projection.HandEdit;
import dev.usher.projection.Outcome;
import dev.usher.projection.Projection;
import dev.usher.projection.Projections;
import dev.usher.projection.StateUnavailable;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The bean {@code failures}, called by the routeConfiguration {@code delivery}: decides what becomes of a message whose
 * processing failed, and writes it down. The route then does it.
 */
@Component("failures")
public final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final double JITTER = 0.2;
    private static final Set<Integer> CONTENT_REFUSED = Set.of(400, 404, 422);
    private static final int INTERNAL_SERVER_ERROR = 500;

    private final Projections projections;
    private final Destinations destinations;
    private final Pauses pauses;
    private final Authorization authorization;
    private final Unwritten unwritten;
    private final Answers answers;
    private final Clock clock;

    Failures(
            Projections projections,
            Destinations destinations,
            Pauses pauses,
            Authorization authorization,
            Unwritten unwritten,
            Clock clock) {
        this.projections = projections;
        this.destinations = destinations;
        this.pauses = pauses;
        this.authorization = authorization;
        this.unwritten = unwritten;
        this.answers = new Answers(clock);
        this.clock = clock;
    }

    /**
     * Whether the failed step is worth repeating at once: something that may heal, at most {@code quick-retries} times.
     * Asked by the redelivery policy before every repeat.
     */
    public boolean healsQuickly(Exchange exchange) {
        var delivery = Delivery.of(exchange, clock.millis());
        var destination = destinations.get(delivery.destination);
        noteDoubt(exchange, delivery);
        if (delivery.plan
                || delivery.quickRepeats >= destination.settings().quickRetries()
                || judge(exchange, destination).kind() != Kind.FAILING) {
            return false;
        }
        delivery.quickRepeats++;
        return true;
    }

    /**
     * Decides and records. Puts back the message as it came and sets the variable {@code verdict}: {@code retry} (send the
     * message back to its queue, not before the variable {@code notBefore}, with the variables {@code attempt} and
     * {@code variant} as headers), {@code park} (send it to the dead letters under the variable {@code deadLetter}) or
     * {@code done}.
     *
     * <p>What a lost answer leaves open is durable before the message goes anywhere, and so before a later one of the same
     * user is decided.
     *
     * @throws StateUnavailable when it was Usher's own database that failed, or fails now: no try is used up, and the broker
     *     repeats the message
     */
    public void settle(Exchange exchange) {
        var delivery = Delivery.of(exchange, clock.millis());
        noteDoubt(exchange, delivery);
        try {
            var own = StateUnavailable.in(failure(exchange));
            if (own == null || delivery.plan) {
                judgeAndRecord(exchange, delivery);
                return;
            }
            if (delivery.calling) {
                pauses.left(delivery.routeId);
            }
            throw own;
        } catch (StateUnavailable e) {
            var open = leftOpen(exchange, delivery, delivery.remembered());
            if (open != null) {
                unwritten.keep(open);
            }
            throw e;
        }
    }

    private void judgeAndRecord(Exchange exchange, Delivery delivery) {
        var destination = destinations.get(delivery.destination);
        var verdict = judge(exchange, destination);
        informPauses(delivery, verdict);
        delivery.envelope.onto(exchange.getMessage());
        exchange.setVariable("queue", delivery.queue());
        exchange.setVariable("attempt", delivery.attempt);
        exchange.setVariable("variant", delivery.variant);
        if (delivery.plan) {
            Draft.failed(verdict).keepOn(exchange);
            exchange.setVariable("verdict", "done");
            return;
        }
        if (delivery.isDry() && endsALook(delivery, verdict, destination)) {
            exchange.setVariable("verdict", "done");
            return;
        }
        var retry = destination.settings().retry();
        switch (verdict.kind()) {
            case HELD, THROTTLED -> retry(exchange, delivery, verdict, wait(delivery, verdict, destination));
            case UNKNOWN -> {
                exchange.setVariable("variant", delivery.variant + 1);
                projections.write(List.of(spent(stored(delivery))));
                countedRetry(exchange, delivery, verdict, wait(delivery, verdict, destination), retry.attempts());
            }
            case AGAIN -> {
                exchange.setVariable("variant", delivery.variant + 1);
                countedRetry(exchange, delivery, verdict, Duration.ZERO, retry.attempts());
            }
            case GONE -> {
                if (delivery.operation.equals(Delivery.CONFIRM)) {
                    projections.write(List.of(stored(delivery).settled(null)));
                    retry(exchange, delivery, verdict, Duration.ZERO);
                    return;
                }
                forget(delivery);
                if (!delivery.deep.isEmpty()) {
                    exchange.getMessage().setHeader(Headers.FINDING, HandEdit.REMOVED);
                }
                countedRetry(exchange, delivery, verdict, Duration.ZERO, retry.attempts());
            }
            case FAILING ->
                countedRetry(exchange, delivery, verdict, wait(delivery, verdict, destination), retry.attempts());
            case DONE -> done(exchange, delivery, verdict);
            case SKIPPED -> skip(exchange, delivery, verdict, Outcome.SKIPPED);
            case STALE -> skip(exchange, delivery, verdict, Outcome.STALE);
            case REFUSED -> park(exchange, delivery, verdict, verdict.reason(), remembered(exchange, delivery));
        }
    }

    private Projection remembered(Exchange exchange, Delivery delivery) {
        var stored = stored(delivery);
        var open = leftOpen(exchange, delivery, stored);
        if (open != null) {
            return open;
        }
        if (failedInside(exchange, delivery)) {
            return spent(stored);
        }
        return neverHappened(exchange, delivery) ? stored.unclaimed() : stored;
    }

    /** What became of a create that failed in the destination is unknown, and its key, where it has one, holds the failure. */
    private boolean failedInside(Exchange exchange, Delivery delivery) {
        var answer = answer(exchange);
        return delivery.calling
                && delivery.operation.equals(Delivery.CREATE)
                && answer != null
                && answer.getStatusCode() >= INTERNAL_SERVER_ERROR
                && destinations.get(delivery.destination).settings().hasKeys();
    }

    private Projection spent(Projection stored) {
        return stored.claim() == null ? stored : stored.claimed(stored.claim().spent(clock.millis()));
    }

    /**
     * A create whose content was refused never happened, and a replay must not come under its key, which holds the refusal.
     * That says nothing of an earlier call under the same key.
     */
    private static boolean neverHappened(Exchange exchange, Delivery delivery) {
        var answer = answer(exchange);
        return delivery.claims
                && !delivery.unsure
                && answer != null
                && CONTENT_REFUSED.contains(answer.getStatusCode());
    }

    private void noteDoubt(Exchange exchange, Delivery delivery) {
        var failure = failure(exchange);
        if (delivery.sent && (failure == null || Answers.mayHaveHappened(failure) || hasMade(exchange, delivery))) {
            delivery.unsure = true;
        }
    }

    /** One of several calls made the record, and a later one failed. */
    private static boolean hasMade(Exchange exchange, Delivery delivery) {
        return delivery.operation.equals(Delivery.CREATE) && exchange.getVariable("remoteId") != null;
    }

    /** What this try changed in what is known of the destination; null when nothing, or when that is remembered already. */
    private @Nullable Projection leftOpen(Exchange exchange, Delivery delivery, Projection before) {
        if (!delivery.operation.equals(Delivery.CREATE)) {
            return delivery.unsure && before.remoteId() != null
                    ? before.doubtful(exchange.getVariable("note", String.class))
                    : null;
        }
        if (destinations.get(delivery.destination).settings().hasKeys()) {
            return null;
        }
        if (!delivery.unsure) {
            return delivery.claims ? before.settled(null) : null;
        }
        return before.claim() == null ? before.claimed(delivery.claim(exchange, clock.millis())) : null;
    }

    private Projection stored(Delivery delivery) {
        var stored = projections.find(delivery.subject).in(delivery.destination);
        return stored == null ? Projection.unknown(delivery.subject, delivery.destination) : stored;
    }

    /** A look that leads to nothing leaves no dead letter behind: nobody was to be written. */
    private boolean endsALook(Delivery delivery, Verdict verdict, Destination destination) {
        switch (verdict.kind()) {
            case GONE -> projections.write(List.of(delivery.handEdit(HandEdit.REMOVED, clock.millis())));
            case AGAIN, SKIPPED, STALE, REFUSED ->
                LOG.warn("{}: {} cannot be looked at: {}", delivery.destination, delivery.subject, verdict.reason());
            case FAILING, UNKNOWN -> {
                return delivery.attempt >= destination.settings().retry().attempts();
            }
            case HELD, THROTTLED -> {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Throwable failure(Exchange exchange) {
        var caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        return caught == null ? exchange.getException() : caught;
    }

    private Verdict judge(Exchange exchange, Destination destination) {
        var failure = failure(exchange);
        authorization.dropIfRefused(exchange, failure);
        return failure == null
                ? new Verdict(Kind.REFUSED, "failed without a cause", null)
                : answers.judge(failure, destination, Delivery.of(exchange, clock.millis()));
    }

    private void informPauses(Delivery delivery, Verdict verdict) {
        switch (verdict.kind()) {
            case THROTTLED -> pauses.throttled(delivery.routeId, verdict.reason(), verdict.after());
            case FAILING -> pauses.failed(delivery.routeId, verdict.reason());
            case HELD, UNKNOWN -> {
                if (delivery.calling) {
                    pauses.left(delivery.routeId);
                }
            }
            case AGAIN, GONE, DONE, SKIPPED, STALE, REFUSED -> {
                if (delivery.calling) {
                    pauses.succeeded(delivery.routeId);
                }
            }
        }
    }

    private Duration wait(Delivery delivery, Verdict verdict, Destination destination) {
        var planned = planned(delivery, verdict, destination.settings());
        var paused = pauses.remaining(delivery.routeId);
        var longer = planned.compareTo(paused) >= 0 ? planned : paused;
        return longer.plusMillis((long) (ThreadLocalRandom.current().nextDouble(JITTER) * longer.toMillis()));
    }

    private static Duration planned(Delivery delivery, Verdict verdict, DeliverySettings settings) {
        var asked = verdict.after() == null ? Duration.ZERO : verdict.after();
        return switch (verdict.kind()) {
            case FAILING, UNKNOWN -> settings.retry().after(delivery.attempt);
            case THROTTLED ->
                asked.compareTo(settings.pause().obey()) < 0
                        ? asked
                        : settings.pause().obey();
            default -> asked;
        };
    }

    private void countedRetry(Exchange exchange, Delivery delivery, Verdict verdict, Duration wait, int attempts) {
        if (delivery.attempt >= attempts) {
            var reason = verdict.reason() + ", " + delivery.attempt + " times";
            park(exchange, delivery, verdict, reason, remembered(exchange, delivery));
            return;
        }
        exchange.setVariable("attempt", delivery.attempt + 1);
        retry(exchange, delivery, verdict, wait);
    }

    private void retry(Exchange exchange, Delivery delivery, Verdict verdict, Duration wait) {
        exchange.setVariable("verdict", "retry");
        long notBefore = clock.millis() + wait.toMillis();
        exchange.setVariable("notBefore", notBefore);
        if (verdict.kind() != Kind.HELD) {
            LOG.info(
                    "{}: {} will be tried again in {} s: {}",
                    delivery.destination,
                    delivery.subject,
                    wait.toSeconds(),
                    verdict.reason());
        }
        var changes = new ArrayList<Change>();
        changes.add(delivery.row(Outcome.RETRYING, verdict.reason(), requestId(exchange), clock.millis())
                .triedAgain(notBefore));
        var open = delivery.unsure || delivery.claims ? leftOpen(exchange, delivery, stored(delivery)) : null;
        if (open != null) {
            changes.add(open);
        }
        projections.write(changes);
    }

    private void forget(Delivery delivery) {
        var changes = new ArrayList<Change>();
        changes.add(Projection.gone(delivery.subject, delivery.destination, delivery.version, delivery.remoteId));
        if (!delivery.deep.isEmpty()) {
            changes.add(delivery.handEdit(HandEdit.REMOVED, clock.millis()));
        }
        projections.write(changes);
        delivery.remoteId = null;
    }

    private void done(Exchange exchange, Delivery delivery, Verdict verdict) {
        exchange.setVariable("verdict", "done");
        delivery.note = exchange.getVariable("note", String.class);
        projections.write(List.of(
                delivery.reached(mapping(delivery)),
                delivery.row(Outcome.UNCHANGED, verdict.reason(), requestId(exchange), clock.millis())));
    }

    private String mapping(Delivery delivery) {
        return destinations.get(delivery.destination).mapping();
    }

    private void skip(Exchange exchange, Delivery delivery, Verdict verdict, Outcome outcome) {
        exchange.setVariable("verdict", "done");
        var skipped = delivery.projection(Projection.State.SKIPPED, mapping(delivery), verdict.reason())
                .with(stored(delivery).claim());
        projections.write(
                List.of(skipped, delivery.row(outcome, verdict.reason(), requestId(exchange), clock.millis())));
    }

    private void park(Exchange exchange, Delivery delivery, Verdict verdict, String reason, Projection remembered) {
        var id = deadLetterId(delivery);
        exchange.setVariable("verdict", "park");
        exchange.setVariable("deadLetter", id);
        LOG.warn("{}: {} is parked as dead letter {}: {}", delivery.destination, delivery.subject, id, reason);
        var now = clock.millis();
        var changes = new ArrayList<Change>();
        changes.add(new DeadLetter(
                id,
                now,
                delivery.subject.isEmpty() ? null : delivery.subject,
                delivery.destination,
                delivery.eventId,
                delivery.eventType,
                reason,
                delivery.attempt,
                verdict.words()));
        changes.add(delivery.row(Outcome.PARKED, reason, requestId(exchange), now));
        if (!delivery.destination.equals(Destinations.ROUTER)) {
            changes.add(remembered.parked(reason));
        }
        projections.write(changes);
    }

    /**
     * The same for the same message, so that a crash between the row and the move of the message leaves one dead letter.
     * Two messages of one event, such as an update of the user and a foreign id for the directory, are two.
     */
    private static String deadLetterId(Delivery delivery) {
        var name = delivery.destination + '|' + delivery.subject + '|' + delivery.messageId();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static @Nullable String requestId(Exchange exchange) {
        var answer = answer(exchange);
        return answer == null || answer.getResponseHeaders() == null
                ? null
                : Answers.requestId(new HashMap<>(answer.getResponseHeaders()));
    }

    /** What the destination answered, when it was the answer that failed. */
    private static @Nullable HttpOperationFailedException answer(Exchange exchange) {
        var failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        return failure instanceof HttpOperationFailedException answer ? answer : null;
    }
}
