package dev.usher.people;

import dev.usher.delivery.Draft;
import dev.usher.delivery.HeldBack;
import dev.usher.delivery.Refused;
import dev.usher.delivery.Rehearsal;
import dev.usher.destination.Destination;
import dev.usher.destination.Destinations;
import dev.usher.people.Plan.Line;
import dev.usher.request.RequestProblem;
import dev.usher.router.Inspection;
import dev.usher.router.Router;
import dev.usher.router.Rules;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Service;

/** Tells what would be written of one person, by the route {@code plan-user}: the real rules, mappings and routes. */
@Service
public final class Planning {

    private final ProducerTemplate routes;
    private final Destinations destinations;
    private final Clock clock;

    Planning(@Lazy ProducerTemplate routes, Destinations destinations, Clock clock) {
        this.routes = routes;
        this.destinations = destinations;
        this.clock = clock;
    }

    /**
     * Reads the person from the directory and every destination that holds them, and compares. Nothing is sent, and
     * nothing written down. The person need not be known.
     *
     * @param user the object id
     * @throws RequestProblem when this is no object id, or the person cannot be read now
     */
    public Plan plan(String user) {
        var subject = ObjectId.of(user);
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var event = Inspection.planned().event("plan-" + UUID.randomUUID(), "user.updated", subject, now);
        Map<String, Draft> drafts = new HashMap<>();
        var planned = routes.send("direct:plan-user", exchange -> {
            exchange.getMessage().setBody(event.toJson());
            Rehearsal.begin(exchange, drafts::put);
        });
        if (planned.getException() != null) {
            throw RequestProblem.unreachable(reason(planned.getException()));
        }
        var ended = planned.getVariable(Router.ENDED, String.class);
        if (ended != null) {
            return new Plan(subject, "Nothing would be sent: " + ended + ".", List.of());
        }
        var lines = destinations.all().stream()
                .map(destination -> line(planned, destination, drafts.get(destination.name())))
                .toList();
        return new Plan(subject, "As the directory shows this person now. Nothing was sent.", lines);
    }

    private static Line line(Exchange planned, Destination destination, @Nullable Draft draft) {
        var name = destination.name();
        var title = Wording.heading(name);
        var refusal = Rules.refusal(planned, destination);
        if (refusal != null || draft == null) {
            var rule = refusal == null ? "it was not asked" : refusal;
            return new Line(name, title, false, rule, "skipped", "Not sent: " + rule + ".", null, false, List.of());
        }
        return new Line(
                name,
                title,
                true,
                planned.getVariable("send-" + name, "", String.class),
                draft.act(),
                Wording.capitalised(text(draft)),
                draft.remoteId(),
                draft.looked(),
                draft.differences());
    }

    private static String text(Draft draft) {
        var record = draft.remoteId() == null ? "its record" : draft.remoteId();
        var why = Wording.reason(draft.reason()) + ".";
        return switch (draft.act()) {
            case "create" -> "would create a record" + why;
            case "update" -> "would change " + record + why;
            case "archive" -> "would archive " + record + why;
            case "delete" -> "would remove " + record + why;
            case "confirm" -> "would look for the record first, because an earlier create has no answer" + why;
            case "unchanged" -> "would write nothing: it holds this already" + why;
            case "skipped" -> "not sent" + why;
            case "failed" -> "it cannot be foreseen" + why;
            default -> "would write nothing: something newer is there, or on its way" + why;
        };
    }

    private static String reason(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpOperationFailedException answer) {
                return "the person cannot be read now: the directory, or Dataverse, answered HTTP "
                        + answer.getStatusCode() + "; try again later";
            }
            if (cause instanceof HeldBack || cause instanceof Refused) {
                return "the person cannot be read now: " + cause.getMessage() + "; try again later";
            }
            if (cause instanceof IOException) {
                return "the person cannot be read now: the directory, or Dataverse, does not answer; try again later";
            }
        }
        return "the person cannot be planned for: " + failure.getClass().getSimpleName()
                + "; look at routes/router and its jq files";
    }
}
