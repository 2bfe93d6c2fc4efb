package dev.usher.leaving;

import dev.usher.leaving.MassChange.State;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.stereotype.Component;

/** {@code /actuator/masschange} on the management port: shows the mass-change guard, and takes the operator's decision. */
@Component
@WebEndpoint(id = "masschange")
final class MassChangeEndpoint {

    private static final int LONGEST_NAME = 100;

    private final MassChanges massChanges;

    MassChangeEndpoint(MassChanges massChanges) {
        this.massChanges = massChanges;
    }

    @ReadOperation
    Report show() {
        return massChanges.report();
    }

    /**
     * Decides what becomes of all that is held.
     *
     * @param decision {@code release} or {@code discard}; anything else is answered 400
     * @param by who decides, 1 to 100 characters
     * @return the state afterwards; 409 when nothing is held, also when it was decided a moment ago
     */
    @WriteOperation
    WebEndpointResponse<Object> decide(String decision, String by) {
        var state = switch (decision) {
            case "release" -> State.RELEASED;
            case "discard" -> State.DISCARDED;
            default -> null;
        };
        if (state == null) {
            return refused(WebEndpointResponse.STATUS_BAD_REQUEST, "decision must be \"release\" or \"discard\"");
        }
        if (by.isBlank() || by.length() > LONGEST_NAME) {
            return refused(
                    WebEndpointResponse.STATUS_BAD_REQUEST,
                    "by must name who decides, in at most " + LONGEST_NAME + " characters");
        }
        return massChanges.decide(state, by.strip()) == null
                ? refused(409, "nothing is held: there is nothing to decide")
                : new WebEndpointResponse<>(massChanges.report());
    }

    private static WebEndpointResponse<Object> refused(int status, String error) {
        return new WebEndpointResponse<>(Map.of("error", error), status);
    }
}
