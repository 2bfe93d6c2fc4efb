package dev.usher.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One look: do people arrive? And if not, why, in words. */
final class Verdict {

    /** Alarms about what the figures themselves show, a moment sooner. */
    private static final List<String> SHOWN_ANYWAY =
            List.of("dead-letters", "destination-paused:", "queue-old:", "source-stuck:");

    private static final Map<String, String> PAGES = Map.of(
            "mass-change", "/sources",
            "webhook-unhealthy", "/sources",
            "people-missing", "/sources");

    private Verdict() {}

    static Level worst(List<Reason> reasons) {
        return reasons.stream()
                .map(Reason::level)
                .max(Comparator.naturalOrder())
                .orElse(Level.GOOD);
    }

    static String headline(Level level) {
        return switch (level) {
            case GOOD -> "Healthy: everybody arrives.";
            case WARN -> "Held up: Usher is trying again by itself.";
            case BAD -> "Not healthy: somebody should look.";
        };
    }

    /**
     * @param brokerTells whether the broker says what its queues hold
     * @param alarms the subjects of those that are raised, by name
     */
    static List<Reason> reasons(
            List<SourceFigures> sources,
            StationFigures router,
            List<StationFigures> destinations,
            boolean brokerTells,
            Map<String, String> alarms,
            Instant now) {
        var reasons = new ArrayList<Reason>();
        sources.forEach(source -> source(source, reasons, now));
        Stream.concat(Stream.of(router), destinations.stream()).forEach(station -> station(station, reasons, now));
        if (!brokerTells) {
            reasons.add(new Reason(
                    Level.WARN,
                    "The broker does not tell what waits in its queues. Deliveries go on. Give Usher's user the permission"
                            + " manage on activemq.management to see it here.",
                    null));
        }
        alarms.forEach((name, subject) -> {
            if (SHOWN_ANYWAY.stream().noneMatch(name::startsWith)) {
                reasons.add(new Reason(Level.BAD, sentence(subject), page(name)));
            }
        });
        reasons.sort(Comparator.comparing(Reason::level).reversed());
        return List.copyOf(reasons);
    }

    private static String sentence(String subject) {
        var words = subject.startsWith("Usher: ") ? subject.substring("Usher: ".length()) : subject;
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }

    private static @Nullable String page(String alarm) {
        return alarm.startsWith("source-") ? "/sources" : PAGES.get(alarm);
    }

    private static void source(SourceFigures source, List<Reason> reasons, Instant now) {
        if (!source.on()) {
            return;
        }
        var gap = source.gap();
        if (gap != null) {
            reasons.add(new Reason(
                    Level.BAD,
                    source.title() + ": what happened between " + Words.time(gap.from()) + " and "
                            + Words.time(gap.to())
                            + " was no longer kept when Usher came to read it. A reconciliation finds who is missing.",
                    "/sources"));
        }
        var polledAt = source.polledAt();
        if (gap == null && source.level() == Level.BAD) {
            reasons.add(new Reason(
                    Level.BAD,
                    source.title() + " has "
                            + (polledAt == null ? "never been read" : "not been read for " + Words.age(polledAt, now))
                            + ": nobody new arrives from there. The log says why each try failed.",
                    "/sources"));
        }
    }

    private static void station(StationFigures station, List<Reason> reasons, Instant now) {
        var since = station.failingSince();
        if (station.on() && since != null) {
            reasons.add(new Reason(
                    station.level(),
                    station.name() + " has not answered for " + Words.age(since, now)
                            + waiting(station) + ". It is tried again by itself; nothing is lost. Last reason: "
                            + station.failure() + ".",
                    null));
        }
        var oldest = station.oldest();
        if (station.on()
                && since == null
                && oldest != null
                && Duration.between(oldest, now).compareTo(Standing.OLD) > 0) {
            reasons.add(new Reason(
                    Level.WARN,
                    station.name() + " is behind: the next in turn has waited for " + Words.age(oldest, now) + ".",
                    null));
        }
        if (station.parked() > 0) {
            reasons.add(new Reason(
                    Level.BAD,
                    station.parked() + (station.parked() == 1 ? " delivery to " : " deliveries to ") + station.name()
                            + (station.parked() == 1 ? " was given up and waits" : " were given up and wait")
                            + " for a decision: replay or dismiss.",
                    "/dead-letters"));
        }
    }

    private static String waiting(StationFigures station) {
        var waiting = station.waiting();
        return waiting == null || waiting == 0
                ? ""
                : waiting == 1 ? ", 1 delivery waits" : ", " + waiting + " deliveries wait";
    }
}
