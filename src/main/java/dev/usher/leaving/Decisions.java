package dev.usher.leaving;

import dev.usher.audit.AuditTrail;
import dev.usher.leaving.MassChange.State;
import dev.usher.request.RequestProblem;
import org.springframework.stereotype.Component;

/** What an operator sees of the mass-change guard and may decide, for the API, the console and the management port alike. */
@Component
public final class Decisions {

    private static final int LONGEST_NAME = 100;

    private final MassChanges massChanges;
    private final AuditTrail audit;

    Decisions(MassChanges massChanges, AuditTrail audit) {
        this.massChanges = massChanges;
        this.audit = audit;
    }

    /** The guard as it stands, with the newest mass change. */
    public Report show() {
        return massChanges.report();
    }

    /**
     * Decides what becomes of all that is held.
     *
     * @param decision {@code release} or {@code discard}
     * @param by who decides, 1 to 100 characters
     * @return the state afterwards
     * @throws RequestProblem when nothing is held, also when it was decided a moment ago; when an argument is wrong
     */
    public Report decide(String decision, String by) {
        var state = switch (decision) {
            case "release" -> State.RELEASED;
            case "discard" -> State.DISCARDED;
            default -> throw RequestProblem.wrong("decision must be \"release\" or \"discard\"");
        };
        if (by.isBlank() || by.length() > LONGEST_NAME) {
            throw RequestProblem.wrong("by must name who decides, in at most " + LONGEST_NAME + " characters");
        }
        var decided = massChanges.decide(state, by.strip());
        if (decided == null) {
            throw RequestProblem.conflict("nothing is held: there is nothing to decide");
        }
        audit.record(by.strip(), decision, "mass change " + decided.number(), null);
        return massChanges.report();
    }
}
