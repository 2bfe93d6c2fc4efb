package dev.usher.dataverse;

import dev.usher.delivery.HeldBack;
import dev.usher.delivery.PauseNotes;
import dev.usher.entra.BackOff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Leaves Dataverse alone while it does not give contacts: after a failure nobody asks before the time that it named, or one
 * that grows from failure to failure, and then a single caller asks for all. So an outage costs the others nothing.
 */
@Component
final class Outage {

    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
    private static final Duration FOR_A_PROBE = Duration.ofSeconds(1);
    private static final Duration LONGEST_HOLD = Duration.ofMinutes(5);

    private final PauseNotes notes;
    private final Clock clock;
    private final BackOff backOff;
    private boolean failing;
    private boolean probing;
    private String reason = "";
    private Instant since = Instant.MIN;
    private Instant until = Instant.MIN;

    Outage(PauseNotes notes, Clock clock) {
        this.notes = notes;
        this.clock = clock;
        this.backOff = new BackOff(clock);
    }

    /**
     * Asks to ask. Whoever may must call {@link #answered} or {@link #failed} afterwards.
     *
     * @throws HeldBack while Dataverse is left alone, and while somebody else tries it
     */
    synchronized void enter() {
        if (!failing) {
            return;
        }
        if (probing || clock.instant().isBefore(until)) {
            throw heldBack();
        }
        probing = true;
    }

    /** Dataverse answered. An answer to what was asked before it failed ends nothing. */
    void answered() {
        synchronized (this) {
            if (failing && !probing) {
                return;
            }
            if (failing) {
                LOG.info("Contacts: Dataverse gives them again");
            }
            end();
        }
        notes.answered(PauseNotes.CONTACTS);
    }

    synchronized void end() {
        failing = false;
        probing = false;
        backOff.succeeded();
    }

    /** Dataverse did not answer, or refused. @return what its caller throws */
    HeldBack failed(Exception failure) {
        HeldBack held;
        synchronized (this) {
            var now = clock.instant();
            if (failing && now.isBefore(until)) {
                return heldBack();
            }
            since = failing ? since : now;
            failing = true;
            probing = false;
            reason = reason(failure);
            until = backOff.failed(failure);
            held = heldBack();
        }
        LOG.warn("Contacts: nobody asks Dataverse before {}, because {}", until(), held.getMessage());
        notes.paused(
                PauseNotes.CONTACTS,
                Math.max(0, Duration.between(clock.instant(), until()).toMillis()),
                String.valueOf(held.getMessage()));
        return held;
    }

    private synchronized Instant until() {
        return until;
    }

    /** Who waits comes again when Dataverse is asked next, and ever more seldom while it goes on failing. */
    private HeldBack heldBack() {
        var now = clock.instant();
        var left = Duration.between(now, until);
        var next = left.compareTo(FOR_A_PROBE) > 0 ? left : FOR_A_PROBE;
        var grown = Duration.between(since, now).dividedBy(4);
        var seldom = grown.compareTo(LONGEST_HOLD) > 0 ? LONGEST_HOLD : grown;
        return new HeldBack(reason, next.compareTo(seldom) > 0 ? next : seldom);
    }

    private static String reason(Exception failure) {
        if (!(failure instanceof HttpOperationFailedException answer)) {
            return "Dataverse does not give contacts: " + failure.getClass().getSimpleName();
        }
        return answer.getStatusCode() == 429
                ? "Dataverse asked for a pause"
                : "Dataverse does not give contacts: HTTP " + answer.getStatusCode();
    }
}
