package dev.usher.console;

import dev.usher.flow.Flow;
import dev.usher.flow.FlowFigures;
import dev.usher.flow.StationFigures;
import dev.usher.flow.Words;
import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** The overview, {@code /}, and what keeps it live, {@code /live}. */
@Controller
final class OverviewPage {

    private static final Logger LOG = LoggerFactory.getLogger(OverviewPage.class);
    private static final String NO_FIGURES =
            "<div class=\"note bad\"><p><strong>Usher has no figures.</strong> The database does"
                    + " not answer. What is queued waits for it; look at the log.</p></div>";

    private final Flow flow;
    private final Live live;
    private final ITemplateEngine templates;

    OverviewPage(Flow flow, Live live, ITemplateEngine templates) {
        this.flow = flow;
        this.live = live;
        this.templates = templates;
    }

    /** What {@code live.html} shows. */
    record View(FlowFigures flow, Picture wide, Picture tall, List<Row> rows, String at) {

        static View of(FlowFigures flow) {
            var rows = Stream.concat(Stream.of(flow.router()), flow.destinations().stream())
                    .map(station -> Row.of(station, flow.at()))
                    .toList();
            return new View(flow, Picture.wide(flow), Picture.tall(flow), rows, Words.time(flow.at()));
        }
    }

    /** One line of the table: the figures of the picture, and those it has no room for. */
    record Row(
            StationFigures station,
            String rate,
            String lastHour,
            String triedAgain,
            String waiting,
            String scheduled,
            String oldest,
            @Nullable String failing,
            Spark spark) {

        private static Row of(StationFigures station, Instant now) {
            var oldest = station.oldest();
            var since = station.failingSince();
            return new Row(
                    station,
                    Words.rate(station.perMinute()),
                    number(station.lastHour()),
                    number(station.triedAgain()),
                    number(station.waiting()),
                    number(station.scheduled()),
                    oldest == null ? "" : Words.age(oldest, now),
                    since == null ? null : "for " + Words.age(since, now) + ": " + station.failure(),
                    Spark.of(station.settled(), station.failed()));
        }

        private static String number(@Nullable Long number) {
            return number == null ? "not told" : String.format(Locale.ROOT, "%,d", number);
        }
    }

    @GetMapping("/")
    String show(Model model) {
        model.addAttribute("view", View.of(flow.now()));
        return "overview";
    }

    @GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter live(HttpSession session) {
        return live.watch(session.getId(), "/", this::html);
    }

    private String html() {
        try {
            return templates
                    .process("live", new Context(Locale.ENGLISH, Map.of("view", View.of(flow.now()))))
                    .replaceAll("\\s*\\R\\s*", " ");
        } catch (RuntimeException e) {
            LOG.debug("The live figures were not taken", e);
            return NO_FIGURES;
        }
    }
}
