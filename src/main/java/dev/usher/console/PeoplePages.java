package dev.usher.console;

import dev.usher.audit.Caller;
import dev.usher.people.Entry;
import dev.usher.people.Overview;
import dev.usher.people.People;
import dev.usher.people.Planning;
import dev.usher.people.Synchronisation;
import dev.usher.request.Page;
import dev.usher.request.RequestProblem;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The pages {@code /people} and {@code /people/{subject}}. What is searched for is posted, so that an address stands in no
 * address bar, history or access log; it is not shown again. The dry run is answered to the very request, and never kept.
 */
@Controller
@RequestMapping("/people")
final class PeoplePages {

    private static final String PEOPLE = "people";
    private static final String PERSON = "person";
    private static final String PROBLEM = "problem";
    private static final String TO_PERSON = "redirect:/people/{subject}";

    private final People people;
    private final Planning planning;
    private final Synchronisation synchronisation;
    private final Live live;

    PeoplePages(People people, Planning planning, Synchronisation synchronisation, Live live) {
        this.people = people;
        this.planning = planning;
        this.synchronisation = synchronisation;
        this.live = live;
    }

    @GetMapping
    String form() {
        return PEOPLE;
    }

    /** Who is the only one found is shown at once. */
    @PostMapping
    String search(@RequestParam String query, Model model, RedirectAttributes redirect) {
        var search = people.search(query);
        var only = search.items().size() == 1 ? search.items().get(0).subject() : search.candidate();
        if (only != null) {
            redirect.addAttribute("subject", only);
            return TO_PERSON;
        }
        model.addAttribute("search", search);
        return PEOPLE;
    }

    /** Standings and timeline; these alone when live.js asks. */
    @GetMapping("/{subject}")
    String person(
            @PathVariable String subject,
            @RequestParam(required = false) @Nullable String before,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String part,
            Model model) {
        show(subject, before, model);
        return part == null ? PERSON : PERSON + " :: part";
    }

    /** Tells the version of that part, each time that it is another. */
    @GetMapping(path = "/{subject}/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter live(@PathVariable String subject, HttpSession session) {
        return live.watch(
                session.getId(),
                "/people/" + subject,
                () -> version(people.overview(subject), people.timeline(subject, null, null, null)));
    }

    private void show(String subject, @Nullable String before, Model model) {
        var overview = people.overview(subject);
        var timeline = people.timeline(subject, null, before, null);
        model.addAttribute(PERSON, overview);
        model.addAttribute("paged", before != null);
        model.addAttribute("timeline", timeline);
        model.addAttribute("version", version(overview, timeline));
    }

    private static String version(Overview overview, Page<Entry> timeline) {
        return Integer.toHexString(Objects.hash(overview, timeline));
    }

    @PostMapping("/{subject}/synchronise")
    String synchronise(@PathVariable String subject, @Nullable Principal principal, RedirectAttributes redirect) {
        try {
            synchronisation.order(subject, Caller.name(principal));
            redirect.addFlashAttribute(
                    "told", "The order is on the queue. What becomes of it is shown below as it happens.");
        } catch (RequestProblem problem) {
            redirect.addFlashAttribute(PROBLEM, problem.words());
        }
        redirect.addAttribute("subject", subject);
        return TO_PERSON;
    }

    @PostMapping("/{subject}/plan")
    String plan(@PathVariable String subject, Model model, HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        try {
            model.addAttribute("plan", planning.plan(subject));
        } catch (RequestProblem problem) {
            model.addAttribute(PROBLEM, problem.words());
        }
        show(subject, null, model);
        return PERSON;
    }
}
