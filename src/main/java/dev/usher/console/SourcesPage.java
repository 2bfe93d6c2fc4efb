package dev.usher.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.audit.Caller;
import dev.usher.dataverse.ContactWebhook;
import dev.usher.destination.Destination;
import dev.usher.destination.Destinations;
import dev.usher.flow.SourceDetail;
import dev.usher.flow.Sources;
import dev.usher.flow.Words;
import dev.usher.leaving.Decisions;
import dev.usher.reconciliation.Reconciliations;
import dev.usher.request.RequestProblem;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The page {@code /sources}: how far each source is read, and what an operator may do about those who are missing. What takes
 * longer, asking Dataverse and counting reports, are parts of their own that the page fetches.
 */
@Controller
@RequestMapping("/sources")
final class SourcesPage {

    private static final int SHOWN = 5;
    private static final String BACK = "redirect:/sources";

    private final Sources sources;
    private final Decisions decisions;
    private final ContactWebhook webhook;
    private final Reconciliations reconciliations;
    private final Destinations destinations;
    private final Clock clock;

    SourcesPage(
            Sources sources,
            Decisions decisions,
            ContactWebhook webhook,
            Reconciliations reconciliations,
            Destinations destinations,
            Clock clock) {
        this.sources = sources;
        this.decisions = decisions;
        this.webhook = webhook;
        this.reconciliations = reconciliations;
        this.destinations = destinations;
        this.clock = clock;
    }

    /** A source with its times in words. */
    record Row(SourceDetail source, String polled, String newest, String lag, List<Late> late) {

        private static Row of(SourceDetail source, Instant now) {
            var figures = source.figures();
            var lag = figures.lag();
            long all = source.lateness().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            return new Row(
                    source,
                    ago(figures.polledAt(), now),
                    ago(figures.newest(), now),
                    lag == null ? "" : Words.duration(lag),
                    source.lateness().entrySet().stream()
                            .map(bucket -> Late.of(bucket, all))
                            .toList());
        }

        private static String ago(@Nullable Instant time, Instant now) {
            return time == null ? "never" : Words.age(time, now) + " ago";
        }
    }

    /** So many records came within so long. */
    record Late(String within, long records, long all) {

        private static Late of(Map.Entry<Long, Long> bucket, long all) {
            return new Late(Words.duration(Duration.ofSeconds(bucket.getKey())), bucket.getValue(), all);
        }
    }

    @GetMapping
    String show(Model model) {
        var now = clock.instant();
        model.addAttribute(
                "sources",
                sources.all().stream().map(source -> Row.of(source, now)).toList());
        model.addAttribute("guard", decisions.show());
        model.addAttribute("webhookUsed", webhook.isUsed());
        model.addAttribute(
                "destinations",
                destinations.all().stream()
                        .filter(destination -> destination.settings().enabled())
                        .map(Destination::name)
                        .toList());
        return "sources";
    }

    /** What Dataverse says of the webhook; as a part of the page when htmx asks. */
    @GetMapping("/webhook")
    String webhook(@RequestHeader(name = "HX-Request", required = false) @Nullable String part, Model model) {
        try {
            model.addAttribute("webhook", webhook.status());
        } catch (RequestProblem problem) {
            model.addAttribute("problem", problem.words());
        }
        return part == null ? "webhook" : "webhook :: part";
    }

    @PostMapping("/webhook")
    String register(@RequestParam(defaultValue = "") String url, @Nullable Principal principal) {
        webhook.register(url.isBlank() ? null : url.strip(), Caller.name(principal));
        return BACK + "#webhook";
    }

    /** The newest runs with their reports; as a part of the page when htmx asks. */
    @GetMapping("/reconciliations")
    String reconciliations(
            @RequestParam(required = false) @Nullable String before,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String part,
            Model model) {
        var page = reconciliations.list(before, SHOWN);
        var runs = page.items().stream().map(SourcesPage::run).toList();
        model.addAttribute("runs", runs);
        model.addAttribute("busy", runs.stream().anyMatch(RunView::open));
        model.addAttribute("next", page.next());
        return part == null ? "reconciliations" : "reconciliations :: part";
    }

    @PostMapping("/reconciliations")
    String reconcile(
            @RequestParam(defaultValue = "repair") String mode,
            @RequestParam(defaultValue = "false") boolean deep,
            @RequestParam(defaultValue = "") String destination,
            @Nullable Principal principal) {
        reconciliations.begin(mode, deep, destination.isBlank() ? null : destination, Caller.name(principal));
        return BACK + "#reconciliations";
    }

    @PostMapping("/reconciliations/stop")
    String stop(@Nullable Principal principal) {
        reconciliations.stop(Caller.name(principal));
        return BACK + "#reconciliations";
    }

    @PostMapping("/mass-change")
    String decide(@RequestParam String decision, @Nullable Principal principal) {
        decisions.decide(decision, Caller.name(principal));
        return BACK + "#mass-change";
    }

    /**
     * A run as the page shows it.
     *
     * @param open whether it still compares, and can be stopped
     * @param look the class of its badge
     */
    record RunView(
            JsonNode report,
            boolean open,
            String look,
            String order,
            String missing,
            String drifted,
            String parked,
            String handEdited) {}

    private static RunView run(ObjectNode report) {
        var state = report.path("state").asText();
        var destination = report.path("destination").textValue();
        return new RunView(
                report,
                state.equals("listing") || state.equals("orphans"),
                switch (state) {
                    case "finished" -> "good";
                    case "stopped" -> "";
                    default -> "warn";
                },
                report.path("mode").asText()
                        + (report.path("deep").asBoolean() ? ", deep" : "")
                        + (destination == null ? "" : ", " + destination + " alone"),
                counts(report.path("missing")),
                counts(report.path("drifted")),
                counts(report.path("parked")),
                counts(report.path("handEdited")));
    }

    private static String counts(JsonNode counts) {
        var words = new StringBuilder();
        counts.properties()
                .forEach(one -> words.append(words.isEmpty() ? "" : ", ")
                        .append(one.getKey())
                        .append(' ')
                        .append(one.getValue().asText()));
        return words.isEmpty() ? "none" : words.toString();
    }
}
