package dev.usher.router;

import dev.usher.destination.Destinations;
import dev.usher.leaving.HeldEvents;
import dev.usher.leaving.Judgement;
import dev.usher.leaving.MassChanges;
import dev.usher.projection.Outcome;
import dev.usher.projection.Projections;
import java.time.Clock;
import java.util.List;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/**
 * The bean {@code departures}, called by the route {@code route-identity-events} for users who are now disabled or
 * deleted: asks the mass-change guard whether they may go on.
 */
@Component("departures")
public final class Departures {

    private final MassChanges massChanges;
    private final Projections projections;
    private final Clock clock;

    Departures(MassChanges massChanges, Projections projections, Clock clock) {
        this.massChanges = massChanges;
        this.projections = projections;
        this.clock = clock;
    }

    /**
     * Sets the variable {@code held}. True: the message, made ready here, must go to the queue {@code held}; nothing else
     * of this event is written, so that it is routed anew when an operator releases it. Sets {@code proceed} to false
     * unless the user passes. Judging the same event a second time gives the same answer and counts nothing.
     */
    public void judge(Exchange exchange) {
        var routing = Routing.of(exchange);
        var judgement = massChanges.judge(routing.subject, routing.version);
        exchange.setVariable("held", judgement.kind() == Judgement.Kind.HOLD);
        if (judgement.kind() == Judgement.Kind.PASS) {
            return;
        }
        exchange.setVariable(Router.PROCEED, false);
        if (judgement.kind() == Judgement.Kind.DISCARD) {
            write(routing, Outcome.SKIPPED, HeldEvents.DISCARDED);
            return;
        }
        write(routing, Outcome.RETRYING, "held by the mass-change guard until an operator decides");
        routing.envelope(routing.event.toJson())
                .with(HeldEvents.HELD_IN, judgement.number())
                .onto(exchange.getMessage());
    }

    /** Whether the guard held this user's leaving, so that Usher knows somebody whom the directory may not show any more. */
    boolean isHeld(String subject) {
        return massChanges.isHeld(subject);
    }

    private void write(Routing routing, Outcome outcome, String reason) {
        projections.write(List.of(routing.row(Destinations.ROUTER, outcome, reason, clock.millis())));
    }
}
