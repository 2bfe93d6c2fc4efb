package dev.usher.console;

import dev.usher.audit.Caller;
import dev.usher.deadletter.DeadLetters;
import dev.usher.deadletter.Decided;
import dev.usher.deadletter.Letter;
import dev.usher.deadletter.Selection;
import dev.usher.request.RequestProblem;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The pages below {@code /dead-letters}: the open ones in groups, those of one group, those that are closed, and the question
 * whether all are meant.
 */
@Controller
@RequestMapping("/dead-letters")
final class DeadLetterPages {

    private static final String GROUPS = "redirect:/dead-letters";
    private static final int SHOWN_LATELY = 10;

    private final DeadLetters letters;
    private final Live live;

    DeadLetterPages(DeadLetters letters, Live live) {
        this.letters = letters;
        this.live = live;
    }

    /** What a form decides. @param reason null for every reason of the destination; with neither, all is meant */
    record Wanted(
            String action,
            @Nullable String id,
            @Nullable String destination,
            @Nullable String reason,
            @Nullable Boolean all) {}

    /** Words for numbers and outcomes. */
    static final class Words {

        public String number(long number) {
            return String.format(Locale.ROOT, "%,d", number);
        }

        /** What became of a letter that is not open any more. */
        public String outcome(Letter letter) {
            var outcome = letter.outcome();
            if (outcome != null) {
                return outcome;
            }
            var note = letter.note();
            if (note != null) {
                return note;
            }
            return letter.state().equals("replayed")
                    ? letter.moving() ? "about to be sent" : "on its way, or nothing was left to do"
                    : "dropped";
        }
    }

    @ModelAttribute("words")
    Words words() {
        return new Words();
    }

    /** The groups, and what was replayed lately; these alone when live.js asks. */
    @GetMapping
    String groups(
            @RequestParam(required = false) @Nullable String before,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String part,
            Model model) {
        var counts = letters.counts();
        var groups = letters.groups(before, null);
        var lately = lately();
        model.addAttribute("counts", counts);
        model.addAttribute("groups", groups);
        model.addAttribute("paged", before != null);
        model.addAttribute("lately", lately);
        model.addAttribute("version", version(counts, groups, lately));
        return part == null ? "dead-letters" : "dead-letters :: part";
    }

    /** Tells the version of that part, each time that it is another. */
    @GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter live(HttpSession session) {
        return live.watch(
                session.getId(),
                "/dead-letters",
                () -> version(letters.counts(), letters.groups(null, null), lately()));
    }

    private List<Letter> lately() {
        return letters.letters("replayed", null, null, null, SHOWN_LATELY).items();
    }

    private static String version(Object... shown) {
        return Integer.toHexString(Objects.hash(shown));
    }

    @GetMapping("/list")
    String list(
            @RequestParam(defaultValue = "open") String state,
            @RequestParam(required = false) @Nullable String destination,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String before,
            Model model) {
        model.addAttribute("state", state);
        model.addAttribute("destination", StringUtils.hasLength(destination) ? destination : null);
        model.addAttribute("reason", StringUtils.hasLength(reason) ? reason : null);
        model.addAttribute("page", letters.letters(state, destination, reason, before, null));
        return "dead-letters-list";
    }

    @GetMapping("/all")
    String sure(@RequestParam String action, Model model) {
        model.addAttribute("action", action.equals("dismiss") ? "dismiss" : "replay");
        model.addAttribute("counts", letters.counts());
        return "dead-letters-all";
    }

    @PostMapping
    String decide(Wanted wanted, @Nullable Principal principal, RedirectAttributes redirect) {
        var by = Caller.name(principal);
        var selection = new Selection(wanted.id(), wanted.destination(), wanted.reason(), wanted.all());
        try {
            var decided =
                    "dismiss".equals(wanted.action()) ? letters.dismiss(selection, by) : letters.replay(selection, by);
            redirect.addFlashAttribute("told", told(decided));
        } catch (RequestProblem problem) {
            redirect.addFlashAttribute("problem", problem.words());
        }
        return back(wanted, redirect);
    }

    private static String told(Decided decided) {
        var count = decided.letters() == 1
                ? "1 dead letter"
                : String.format(Locale.ROOT, "%,d dead letters", decided.letters());
        var done = decided.action().equals("dismiss")
                ? count + " dismissed."
                : count + " sent on the way again. What became of it is shown under \"Replayed lately\".";
        return decided.letters() == 0 ? "It was decided before: nothing was done." : done;
    }

    /** One letter out of a group leads back to the group, everything else to all groups. */
    private String back(Wanted wanted, RedirectAttributes redirect) {
        if (wanted.id() == null) {
            return GROUPS;
        }
        try {
            var letter = letters.one(wanted.id());
            redirect.addAttribute("destination", letter.destination());
            redirect.addAttribute("reason", letter.reason());
            return GROUPS + "/list";
        } catch (RequestProblem problem) {
            return GROUPS;
        }
    }
}
