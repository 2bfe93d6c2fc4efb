package dev.usher.watermark;

import dev.usher.alert.Alarm;
import dev.usher.alert.Alarms;
import dev.usher.alert.AlertLimits;
import dev.usher.alert.Sighting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Three for each source: {@code source-stuck} while its watermark does not move because no poll comes to its end, {@code
 * source-late} while its records are seen long after their time, {@code source-silent} while it tells nothing for longer than
 * is usual.
 */
@Component
final class SourceAlarms implements Alarms {

    private static final String NOTHING_LOST =
            " Nothing is lost: the source keeps its records for days, and reading goes on where it stopped.";

    private final List<Source> sources;
    private final Watermarks watermarks;
    private final Rhythm rhythm;
    private final AlertLimits limits;
    private final Clock clock;
    private final Instant startedAt;

    SourceAlarms(List<Source> sources, Watermarks watermarks, Rhythm rhythm, AlertLimits limits, Clock clock) {
        this.sources = sources;
        this.watermarks = watermarks;
        this.rhythm = rhythm;
        this.limits = limits;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    @Override
    public List<Alarm> each() {
        return sources.stream()
                .filter(Source::isOn)
                .flatMap(source -> Stream.of(
                        Alarm.of("source-stuck:" + source.label(), () -> stuck(source)),
                        Alarm.of("source-late:" + source.label(), () -> late(source)),
                        Alarm.of("source-silent:" + source.label(), () -> silent(source))))
                .toList();
    }

    private Sighting stuck(Source source) {
        var polled = source.polledAt();
        var since = polled == null ? startedAt : polled;
        if (since.isAfter(clock.instant().minus(limits.sourceStuck()))) {
            return Sighting.clear(source.label() + " is read again");
        }
        return Sighting.trouble(
                source.label() + " has not been read since " + second(since),
                "No poll of " + source.label() + " has come to its end since " + second(since)
                        + ", so its watermark does not move and nobody new arrives from there." + NOTHING_LOST + "\n\n"
                        + "What to do: the log says at each try why it failed. Usual causes: the credential ended or lost a"
                        + " permission, the vendor is down or throttles, no node of the cluster runs the poll.");
    }

    private Sighting late(Source source) {
        var late = watermarks.late(source.name());
        if (late == null || late.compareTo(limits.sourceLate()) < 0) {
            return Sighting.clear(source.label() + " tells in time");
        }
        return Sighting.trouble(
                source.label() + " tells late",
                "The newest record of " + source.label() + " was seen " + late.toMinutes()
                        + " min after its time, later than "
                        + limits.sourceLate().toMinutes() + " min (usher.alerts.limits.source-late). People arrive that"
                        + " much later." + NOTHING_LOST + "\n\n"
                        + "What to do: after a stop of Usher or a burst, wait: it catches up. Otherwise see the vendor's"
                        + " status page; audit records are usually 5 to 15 minutes old.");
    }

    private Sighting silent(Source source) {
        var newest = source.newest();
        var usual = rhythm.usualSilence(source.name());
        if (newest == null || usual == null) {
            return Sighting.clear(source.label() + " tells as usual");
        }
        var times = Duration.ofMillis((long) (usual.toMillis() * limits.rhythm()));
        var limit = times.compareTo(limits.silence()) > 0 ? times : limits.silence();
        if (newest.isAfter(clock.instant().minus(limit))) {
            return Sighting.clear(source.label() + " tells of changes again");
        }
        return Sighting.trouble(
                source.label() + " is silent since " + second(newest),
                "Nothing has happened to any user since " + second(newest) + ", as " + source.label()
                        + " tells it. Usually it is silent for " + hours(usual) + " at most.\n\n"
                        + "What to do: sign up somebody for a test and see whether they arrive. If sign-ups fail, it is the"
                        + " user flow or the tenant; if they succeed and nothing arrives, look at the permissions"
                        + " (AuditLog.Read.All) and at usher.entra.poll.activities.");
    }

    private static Instant second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private static String hours(Duration duration) {
        return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
}
