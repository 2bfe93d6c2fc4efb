package dev.usher.api;

import dev.usher.audit.Caller;
import dev.usher.leaving.Decisions;
import dev.usher.leaving.Report;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Mass changes", description = "Users who left, held because too many left at once.")
@RestController
@RequestMapping("/api/mass-changes")
final class MassChangesApi {

    private final Decisions decisions;

    MassChangesApi(Decisions decisions) {
        this.decisions = decisions;
    }

    @Operation(summary = "Show the guard, and the newest mass change")
    @GetMapping
    Report show() {
        return decisions.show();
    }

    @Operation(summary = "Let everything that is held go on; 409 when nothing is held")
    @PostMapping("/release")
    Report release(@Nullable Principal principal) {
        return decisions.decide("release", Caller.name(principal));
    }

    @Operation(summary = "Drop everything that is held; 409 when nothing is held")
    @PostMapping("/discard")
    Report discard(@Nullable Principal principal) {
        return decisions.decide("discard", Caller.name(principal));
    }
}
