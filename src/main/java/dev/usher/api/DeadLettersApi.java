package dev.usher.api;

import dev.usher.audit.Caller;
import dev.usher.deadletter.Counts;
import dev.usher.deadletter.DeadLetters;
import dev.usher.deadletter.Decided;
import dev.usher.deadletter.Group;
import dev.usher.deadletter.Letter;
import dev.usher.deadletter.Selection;
import dev.usher.request.Page;
import io.swagger.v3.oas.annotations.Operation;
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

@Tag(name = "Dead letters", description = "Deliveries given up, until somebody replays or dismisses them.")
@RestController
@RequestMapping("/api/dead-letters")
final class DeadLettersApi {

    private static final String WHICH = "Say which: \"id\"; or \"destination\", \"reason\" or both; or \"all\": true."
            + " Those that are not open any more are left alone, so that a second call changes nothing.";

    private final DeadLetters letters;

    DeadLettersApi(DeadLetters letters) {
        this.letters = letters;
    }

    @Operation(
            summary = "List dead letters, the newest first",
            description = "state is open (default), replayed, dismissed or resolved; destination and reason narrow it.")
    @GetMapping
    Page<Letter> list(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String destination,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(required = false) @Nullable Integer limit) {
        return letters.letters(state, destination, reason, before, limit);
    }

    @Operation(summary = "List the open ones as groups of one destination and one reason, in that order")
    @GetMapping("/groups")
    Page<Group> groups(
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(required = false) @Nullable Integer limit) {
        return letters.groups(before, limit);
    }

    @Operation(summary = "Count the open ones by destination, and those decided whose messages still move")
    @GetMapping("/counts")
    Counts counts() {
        return letters.counts();
    }

    @Operation(summary = "Show one dead letter, and what became of it")
    @GetMapping("/{id}")
    Letter one(@PathVariable String id) {
        return letters.one(id);
    }

    @Operation(summary = "Send dead letters on their way again", description = WHICH)
    @PostMapping("/replay")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Decided replay(@RequestBody Selection which, @Nullable Principal principal) {
        return letters.replay(which, Caller.name(principal));
    }

    @Operation(summary = "Give dead letters up for good", description = WHICH)
    @PostMapping("/dismiss")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Decided dismiss(@RequestBody Selection which, @Nullable Principal principal) {
        return letters.dismiss(which, Caller.name(principal));
    }
}
