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
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
    private static final int CONFLICT = 409;
    private static final int INTERNAL_SERVER_ERROR = 500;

    private final Projections projections;
    private final Destinations destinations;
    private final Pauses pauses;
    private final Authorization authorization;
    private final Answers answers;
    private final Clock clock;

    Failures(
            Projections projections,
            Destinations destinations,
            Pauses pauses,
            Authorization authorization,
            Clock clock) {
        this.projections = projections;
        this.destinations = destinations;
        this.pauses = pauses;
        this.authorization = authorization;
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
     */
    public void settle(Exchange exchange) {
        var delivery = Delivery.of(exchange, clock.millis());
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
                forget(delivery);
                if (!delivery.deep.isEmpty()) {
                    exchange.getMessage().setHeader(Headers.FINDING, HandEdit.REMOVED);
                }
                countedRetry(exchange, delivery, verdict, Duration.ZERO, retry.attempts());
            }
            case FAILING ->
                countedRetry(exchange, delivery, verdict, wait(delivery, verdict, destination), retry.attempts());
            case DONE -> done(exchange, delivery, verdict);
            case SKIPPED -> skip(exchange, delivery, verdict);
            case REFUSED -> park(exchange, delivery, verdict.reason(), remembered(exchange, delivery));
        }
    }

    /**
     * A create that was refused never happened: a replay must not come under its key, which holds the refusal. What became
     * of one that failed in the destination is unknown, and its key holds the failure.
     */
    private Projection remembered(Exchange exchange, Delivery delivery) {
        var stored = stored(delivery);
        var answer = answer(exchange);
        if (answer == null || !delivery.calling || !delivery.operation.equals("create")) {
            return stored;
        }
        int status = answer.getStatusCode();
        if (status >= INTERNAL_SERVER_ERROR) {
            return spent(stored);
        }
        return status == CONFLICT ? stored : stored.unclaimed();
    }

    private Projection spent(Projection stored) {
        return stored.claim() == null ? stored : stored.claimed(stored.claim().spent(clock.millis()));
    }

    private Projection stored(Delivery delivery) {
        var stored = projections.find(delivery.subject).in(delivery.destination);
        return stored == null ? Projection.unknown(delivery.subject, delivery.destination) : stored;
    }

    /** A look that leads to nothing leaves no dead letter behind: nobody was to be written. */
    private boolean endsALook(Delivery delivery, Verdict verdict, Destination destination) {
        switch (verdict.kind()) {
            case GONE -> projections.write(List.of(delivery.handEdit(HandEdit.REMOVED, clock.millis())));
            case AGAIN, SKIPPED, REFUSED ->
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

    private Verdict judge(Exchange exchange, Destination destination) {
        var failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (failure == null) {
            failure = exchange.getException();
        }
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
            case AGAIN, GONE, DONE, SKIPPED, REFUSED -> {
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
            park(exchange, delivery, verdict.reason() + ", " + delivery.attempt + " times", stored(delivery));
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
        projections.write(List.of(delivery.row(Outcome.RETRYING, verdict.reason(), requestId(exchange), clock.millis())
                .triedAgain(notBefore)));
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

    private void skip(Exchange exchange, Delivery delivery, Verdict verdict) {
        exchange.setVariable("verdict", "done");
        var skipped = delivery.projection(Projection.State.SKIPPED, mapping(delivery), verdict.reason());
        projections.write(
                List.of(skipped, delivery.row(Outcome.SKIPPED, verdict.reason(), requestId(exchange), clock.millis())));
    }

    private void park(Exchange exchange, Delivery delivery, String reason, Projection remembered) {
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
                delivery.attempt));
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
