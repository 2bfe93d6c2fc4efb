package dev.usher.leaving;

import dev.usher.request.RequestProblem;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.stereotype.Component;

/** {@code /actuator/masschange} on the management port: shows the mass-change guard, and takes the operator's decision. */
@Component
@WebEndpoint(id = "masschange")
final class MassChangeEndpoint {

    private final Decisions decisions;

    MassChangeEndpoint(Decisions decisions) {
        this.decisions = decisions;
    }

    @ReadOperation
    Report show() {
        return decisions.show();
    }

    /**
     * Decides what becomes of all that is held: see {@link Decisions#decide}.
     *
     * @return the state afterwards; 400 for a wrong argument; 409 when nothing is held
     */
    @WriteOperation
    WebEndpointResponse<Object> decide(SecurityContext security, String decision) {
        try {
            return new WebEndpointResponse<>(
                    decisions.decide(decision, security.getPrincipal().getName()));
        } catch (RequestProblem problem) {
            return new WebEndpointResponse<>(
                    Map.of("error", problem.words()), problem.kind().status());
        }
    }
}
