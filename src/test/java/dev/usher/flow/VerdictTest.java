package dev.usher.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.broker.QueueFigures;
import dev.usher.delivery.PauseNotes.Pausing;
import dev.usher.watermark.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** From the figures to one look. */
class VerdictTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static StationFigures station(
            String name, @Nullable Duration failingFor, @Nullable Duration oldest, long parked) {
        var pausing = failingFor == null
                ? null
                : new Pausing(name, NOW.minus(failingFor), NOW.plusSeconds(9), "answered 503");
        var since = oldest == null ? null : NOW.minus(oldest);
        var standing = Standing.of(true, Counts.none(), new QueueFigures(name, 3, 0, since), pausing, NOW);
        return new StationFigures(
                name,
                true,
                0,
                0,
                0,
                3L,
                0L,
                since,
                pausing == null ? null : pausing.until(),
                pausing == null ? null : pausing.since(),
                pausing == null ? null : pausing.reason(),
                parked,
                standing.level(),
                standing.words(),
                Counts.none().settled(),
                Counts.none().failed());
    }

    private static SourceFigures source(Watermark.@Nullable Gap gap) {
        return new SourceFigures("/entra/audit-log", "Entra audit log", true, NOW, NOW, null, gap, Level.GOOD, "read");
    }

    private static List<Reason> reasons(StationFigures stripe, SourceFigures source, Map<String, String> alarms) {
        return Verdict.reasons(List.of(source), station("router", null, null, 0), List.of(stripe), true, alarms, NOW);
    }

    @Test
    void withoutAReasonItIsHealthy() {
        var reasons = reasons(station("stripe", null, null, 0), source(null), Map.of());

        assertThat(reasons).isEmpty();
        assertThat(Verdict.worst(reasons)).isEqualTo(Level.GOOD);
    }

    @Test
    void aShortPauseMendsItself() {
        var reasons = reasons(station("stripe", Duration.ofSeconds(40), null, 0), source(null), Map.of());

        assertThat(Verdict.worst(reasons)).isEqualTo(Level.WARN);
        assertThat(reasons.get(0).text())
                .isEqualTo(
                        "stripe has not answered for 40 s, 3 deliveries wait. It is tried again by itself; nothing is lost."
                                + " Last reason: answered 503.");
    }

    @Test
    void aLongPauseWantsAPerson() {
        var reasons = reasons(station("stripe", Duration.ofMinutes(6), null, 0), source(null), Map.of());

        assertThat(Verdict.worst(reasons)).isEqualTo(Level.BAD);
    }

    @Test
    void anOldQueueIsToldOf() {
        var reasons = reasons(station("stripe", null, Duration.ofMinutes(20), 0), source(null), Map.of());

        assertThat(reasons)
                .extracting(Reason::text)
                .containsExactly("stripe is behind: the next in turn has waited for 20 min.");
    }

    @Test
    void deadLettersLeadToTheirPage() {
        var reasons =
                reasons(station("stripe", null, null, 1), source(null), Map.of("dead-letters", "Usher: 1 parked"));

        assertThat(reasons)
                .containsExactly(new Reason(
                        Level.BAD,
                        "1 delivery to stripe was given up and waits for a decision: replay or dismiss.",
                        "/dead-letters"));
    }

    @Test
    void whatIsLostIsToldWithItsTimes() {
        var gap = new Watermark.Gap(NOW.minus(Duration.ofDays(9)), NOW.minus(Duration.ofDays(7)));

        var reasons = reasons(station("stripe", null, null, 0), source(gap), Map.of());

        assertThat(reasons.get(0).level()).isEqualTo(Level.BAD);
        assertThat(reasons.get(0).text()).contains("2026-11-12 12:00:00 UTC", "2026-11-14 12:00:00 UTC");
        assertThat(reasons.get(0).page()).isEqualTo("/sources");
    }

    @Test
    void anAlarmThatTheFiguresDoNotShowIsAReason() {
        var reasons = reasons(
                station("stripe", null, null, 0),
                source(null),
                Map.of("mass-change", "Usher: 10 of 30 users left at once, the rest is held"));

        assertThat(reasons)
                .containsExactly(new Reason(Level.BAD, "10 of 30 users left at once, the rest is held.", "/sources"));
    }
}
