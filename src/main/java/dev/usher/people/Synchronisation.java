package dev.usher.people;

import dev.usher.audit.AuditTrail;
import dev.usher.event.Events;
import dev.usher.event.Urgency;
import dev.usher.projection.Projections;
import dev.usher.request.RequestProblem;
import dev.usher.router.Inspection;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.springframework.jms.JmsException;
import org.springframework.stereotype.Service;

/** Brings one person everywhere to what the directory shows, because an operator wants it. */
@Service
public final class Synchronisation {

    /** Ids of the events begin so. */
    static final String PREFIX = "operator-";

    private final Events events;
    private final Projections projections;
    private final AuditTrail audit;
    private final Clock clock;

    Synchronisation(Events events, Projections projections, AuditTrail audit, Clock clock) {
        this.events = events;
        this.projections = projections;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Puts an event of this person on the queue, as urgent as a sign-up. It reaches every destination that the rules name,
     * also one that seems to be right: there the route looks at what the destination holds, and writes where that differs.
     * The person need not be known. Nobody is asked here: a directory that is down is asked again until it answers.
     * A second call is a second event.
     *
     * @param user the object id
     * @param by who wants it, for the audit trail
     * @return the event's id, by which the log names it
     * @throws RequestProblem when this is no object id, or the broker does not take the event
     */
    public String order(String user, String by) {
        var subject = ObjectId.of(user);
        var id = PREFIX + UUID.randomUUID();
        var type = projections.find(subject).person() == null ? "user.created" : "user.updated";
        var event =
                Inspection.ordered().event(id, type, subject, clock.instant().truncatedTo(ChronoUnit.MICROS));
        audit.record(by, "synchronise", subject, id);
        try {
            events.publish(List.of(event), Urgency.LIVE);
        } catch (JmsException e) {
            throw RequestProblem.unreachable(
                    "the broker does not take the order now: look at its health, then try again");
        }
        return id;
    }
}
