package dev.usher.reconciliation;

import dev.usher.destination.Destinations;
import dev.usher.entra.AuditLogPoll;
import dev.usher.watermark.Lateness;
import java.util.LinkedHashMap;
import java.util.Map;
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
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int ACCEPTED = 202;

    private final Orders orders;
    private final Reports reports;
    private final Destinations destinations;
    private final Lateness lateness;

    ReconciliationEndpoint(Orders orders, Reports reports, Destinations destinations, Lateness lateness) {
        this.orders = orders;
        this.reports = reports;
        this.destinations = destinations;
        this.lateness = lateness;
    }

    @ReadOperation
    public Map<String, Object> show() {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("runs", reports.newest(SHOWN));
        shown.put("lateRecordsBySecondsAtMost", lateness.histogram(AuditLogPoll.SOURCE));
        return shown;
    }

    @WriteOperation
    public WebEndpointResponse<Map<String, String>> begin(
            @Nullable String mode, @Nullable Boolean deep, @Nullable String destination) {
        var known = Order.Mode.of(mode);
        if (known == null) {
            return answer(BAD_REQUEST, "error", "mode is \"" + mode + "\": send \"repair\" or \"dry-run\"");
        }
        var names = destinations.all().stream()
                .filter(one -> one.settings().enabled())
                .map(one -> one.name())
                .toList();
        if (destination != null && !names.contains(destination)) {
            return answer(
                    BAD_REQUEST,
                    "error",
                    "destination is \"" + destination + "\": send one that is switched on, of " + names);
        }
        return orders.begin(new Order(known, Boolean.TRUE.equals(deep), destination, "an operator"))
                ? answer(ACCEPTED, "result", "the run begins")
                : answer(CONFLICT, "error", "a run is open: wait for its end, or stop it with DELETE");
    }

    @DeleteOperation
    public WebEndpointResponse<Map<String, String>> stop() {
        return orders.stop()
                ? answer(WebEndpointResponse.STATUS_OK, "result", "the run is stopped")
                : answer(NOT_FOUND, "error", "no run is open");
    }

    private static WebEndpointResponse<Map<String, String>> answer(int status, String name, String text) {
        return new WebEndpointResponse<>(Map.of(name, text), status);
    }
}
