package dev.usher.reconciliation;

import dev.usher.entra.AuditLogPoll;
import dev.usher.request.RequestProblem;
import dev.usher.watermark.Lateness;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * {@code /actuator/reconciliation}: GET shows the runs with their reports, POST begins one, DELETE stops it. Spring's {@code Nullable} is the
 * one by which the actuator tells that a member may be left out.
 */
@Component
@WebEndpoint(id = "reconciliation")
class ReconciliationEndpoint {

    private static final int SHOWN = 10;
    private static final int ACCEPTED = 202;

    private final Reconciliations reconciliations;
    private final Lateness lateness;

    ReconciliationEndpoint(Reconciliations reconciliations, Lateness lateness) {
        this.reconciliations = reconciliations;
        this.lateness = lateness;
    }

    @ReadOperation
    public Map<String, Object> show() {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("runs", reconciliations.list(null, SHOWN).items());
        shown.put("lateRecordsBySecondsAtMost", lateness.histogram(AuditLogPoll.SOURCE));
        return shown;
    }

    @WriteOperation
    public WebEndpointResponse<Map<String, String>> begin(
            SecurityContext security, @Nullable String mode, @Nullable Boolean deep, @Nullable String destination) {
        var by = security.getPrincipal().getName();
        return answer(() -> reconciliations.begin(mode, deep, destination, by), ACCEPTED, "the run begins");
    }

    @DeleteOperation
    public WebEndpointResponse<Map<String, String>> stop(SecurityContext security) {
        var by = security.getPrincipal().getName();
        return answer(() -> reconciliations.stop(by), WebEndpointResponse.STATUS_OK, "the run is stopped");
    }

    private static WebEndpointResponse<Map<String, String>> answer(Runnable work, int status, String result) {
        try {
            work.run();
            return new WebEndpointResponse<>(Map.of("result", result), status);
        } catch (RequestProblem problem) {
            return new WebEndpointResponse<>(
                    Map.of("error", problem.words()), problem.kind().status());
        }
    }
}
