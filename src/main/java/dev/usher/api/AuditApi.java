package dev.usher.api;

import dev.usher.audit.AuditEntry;
import dev.usher.audit.AuditTrail;
import dev.usher.request.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Audit trail", description = "Who did what by hand, who signed in, and who failed to.")
@RestController
final class AuditApi {

    private final AuditTrail audit;

    AuditApi(AuditTrail audit) {
        this.audit = audit;
    }

    @Operation(summary = "List what was done, newest first")
    @GetMapping("/api/audit")
    Page<AuditEntry> list(
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(required = false) @Nullable Integer limit) {
        return audit.list(before, limit);
    }
}
