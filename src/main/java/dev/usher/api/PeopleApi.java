package dev.usher.api;

import dev.usher.audit.Caller;
import dev.usher.people.Entry;
import dev.usher.people.Overview;
import dev.usher.people.People;
import dev.usher.people.Plan;
import dev.usher.people.Planning;
import dev.usher.people.Search;
import dev.usher.people.Synchronisation;
import dev.usher.request.Page;
import dev.usher.request.RequestProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Nothing but the dry run shows personal data. What is searched for comes in the body, so that no address stands in a log. */
@Tag(
        name = "People",
        description = "One person: what became of them, and why; what would be written, and the order to do it.")
@RestController
@RequestMapping("/api/people")
final class PeopleApi {

    private final People people;
    private final Planning planning;
    private final Synchronisation synchronisation;

    PeopleApi(People people, Planning planning, Synchronisation synchronisation) {
        this.people = people;
        this.planning = planning;
        this.synchronisation = synchronisation;
    }

    /** What is searched for. */
    record Sought(
            @Schema(description = "an object id, a destination's own id, a contact's id, or an e-mail address; exact")
            @Nullable
            String query) {}

    /** What was put on its way. @param event the id by which the timeline names it */
    record Ordered(String subject, String event, String text) {}

    @Operation(summary = "Find people; the query is in the body, because it may be an address")
    @PostMapping("/search")
    Search search(@RequestBody Sought sought) {
        if (sought.query() == null) {
            throw RequestProblem.wrong("query is missing: send {\"query\": \"<id or e-mail address>\"}");
        }
        return people.search(sought.query());
    }

    @Operation(summary = "Show what is known of one person, at each destination")
    @GetMapping("/{subject}")
    Overview overview(@PathVariable String subject) {
        var overview = people.overview(subject);
        if (!overview.known()) {
            throw RequestProblem.missing(overview.text());
        }
        return overview;
    }

    @Operation(summary = "Show what happened to one person, and why, the newest first")
    @GetMapping("/{subject}/timeline")
    Page<Entry> timeline(
            @PathVariable String subject,
            @RequestParam(required = false) @Nullable String destination,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(required = false) @Nullable Integer limit) {
        return people.timeline(subject, destination, before, limit);
    }

    @Operation(
            summary = "Bring one person everywhere to what the directory shows; works for whoever was never seen, too")
    @PostMapping("/{subject}/synchronise")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Ordered synchronise(@PathVariable String subject, @Nullable Principal principal) {
        var event = synchronisation.order(subject, Caller.name(principal));
        return new Ordered(subject, event, "The order is on the queue; the timeline will tell what became of it.");
    }

    @Operation(summary = "Tell what would be written of one person, field by field; nothing is sent and nothing kept")
    @PostMapping("/{subject}/plan")
    ResponseEntity<Plan> plan(@PathVariable String subject) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(planning.plan(subject));
    }
}
