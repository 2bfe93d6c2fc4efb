package dev.usher.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.audit.Caller;
import dev.usher.reconciliation.Reconciliations;
import dev.usher.request.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Reconciliations", description = "Everybody in the directory compared with what Usher knows.")
@RestController
@RequestMapping("/api/reconciliations")
final class ReconciliationsApi {

    private final Reconciliations reconciliations;

    ReconciliationsApi(Reconciliations reconciliations) {
        this.reconciliations = reconciliations;
    }

    /** What a run is to do; every member may be left out. */
    record Wanted(
            @Schema(description = "repair, or dry-run to be told only", defaultValue = "repair") @Nullable
            String mode,

            @Schema(description = "whether the destinations are read too", defaultValue = "false") @Nullable
            Boolean deep,

            @Schema(description = "the only destination to look at") @Nullable
            String destination) {}

    @Operation(summary = "List the runs with their reports, the newest first")
    @GetMapping
    Page<ObjectNode> list(
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(required = false) @Nullable Integer limit) {
        return reconciliations.list(before, limit);
    }

    @Operation(summary = "Show one run with its report")
    @GetMapping("/{id}")
    ObjectNode one(@PathVariable long id) {
        return reconciliations.one(id);
    }

    @Operation(summary = "Begin a run; 409 while one is open")
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    ObjectNode begin(@RequestBody(required = false) @Nullable Wanted wanted, @Nullable Principal principal) {
        var order = wanted == null ? new Wanted(null, null, null) : wanted;
        return reconciliations.begin(order.mode(), order.deep(), order.destination(), Caller.name(principal));
    }

    @Operation(summary = "Stop the open run; what is queued for repair is still delivered")
    @PostMapping("/stop")
    ObjectNode stop(@Nullable Principal principal) {
        return reconciliations.stop(Caller.name(principal));
    }
}
