package dev.usher.flow;

import dev.usher.alert.AlertLimits;
import dev.usher.dataverse.ContactWebhook;
import dev.usher.watermark.Source;
import dev.usher.watermark.Watermarks;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How the sources stand: those that are polled, and the webhook. */
@Component
final class SourceWatch {

    private static final Map<String, String> TITLES = Map.of(
            "/entra/audit-log",
            "Entra audit log",
            "/dataverse/change-tracking",
            "Dataverse changes",
            ContactWebhook.SOURCE,
            "Dataverse webhook");

    private final List<Source> polled;
    private final Watermarks watermarks;
    private final ContactWebhook webhook;
    private final AlertLimits limits;
    private final Instant startedAt;

    SourceWatch(List<Source> polled, Watermarks watermarks, ContactWebhook webhook, AlertLimits limits, Clock clock) {
        this.polled = polled;
        this.watermarks = watermarks;
        this.webhook = webhook;
        this.limits = limits;
        this.startedAt = clock.instant();
    }

    List<SourceFigures> look(Instant now) {
        var figures = new ArrayList<SourceFigures>();
        polled.forEach(source -> figures.add(of(source, now)));
        figures.sort(Comparator.comparing(SourceFigures::name).reversed());
        figures.add(webhook());
        return figures;
    }

    private SourceFigures of(Source source, Instant now) {
        var mark = watermarks.find(source.name());
        var gap = mark == null ? null : mark.gap();
        var polledAt = source.polledAt();
        var standing = standing(source.isOn(), polledAt, now);
        return new SourceFigures(
                source.name(),
                title(source.name()),
                source.isOn(),
                polledAt,
                source.newest(),
                watermarks.late(source.name()),
                gap,
                gap != null ? Level.BAD : standing.level(),
                gap != null ? "records lost" : standing.words());
    }

    private Standing standing(boolean on, @Nullable Instant polledAt, Instant now) {
        if (!on) {
            return new Standing(Level.GOOD, "switched off");
        }
        if ((polledAt == null ? startedAt : polledAt).isBefore(now.minus(limits.sourceStuck()))) {
            return new Standing(Level.BAD, "not read");
        }
        return new Standing(Level.GOOD, polledAt == null ? "beginning" : "read");
    }

    private SourceFigures webhook() {
        return new SourceFigures(
                ContactWebhook.SOURCE,
                title(ContactWebhook.SOURCE),
                webhook.isUsed(),
                webhook.lastAccepted(),
                null,
                null,
                null,
                Level.GOOD,
                webhook.isUsed() ? "listening" : "switched off");
    }

    private static String title(String name) {
        return TITLES.getOrDefault(name, name.substring(1).replace('/', ' '));
    }
}
