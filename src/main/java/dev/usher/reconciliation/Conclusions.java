package dev.usher.reconciliation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.reconciliation.Run.State;
import dev.usher.watermark.Watermarks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The time between the end of the comparing and the final report, in which repairs arrive. It is over when everything is
 * right, after {@code usher.reconciliation.settle}, or when the next run begins.
 */
@Component
class Conclusions {

    private static final Logger LOG = LoggerFactory.getLogger(Conclusions.class);
    private static final Duration SHORTEST_LOOK = Duration.ofSeconds(5);
    private static final Duration LONGEST_LOOK = Duration.ofMinutes(1);

    private final Runs runs;
    private final ListedUsers users;
    private final Reports reports;
    private final Watermarks watermarks;
    private final ReconciliationSettings settings;
    private final Clock clock;
    private volatile Instant nextLook = Instant.MIN;

    Conclusions(
            Runs runs,
            ListedUsers users,
            Reports reports,
            Watermarks watermarks,
            ReconciliationSettings settings,
            Clock clock) {
        this.runs = runs;
        this.users = users;
        this.reports = reports;
        this.watermarks = watermarks;
        this.settings = settings;
        this.clock = clock;
    }

    /** Everything was compared: tells what was found, and notes which gaps of sources that has filled. */
    void compared(long id) {
        var run = runs.find(id);
        if (run == null || run.state() != State.SETTLING) {
            return;
        }
        nextLook = Instant.MIN;
        LOG.info("Reconciliation {} ({}): {}", id, run.order(), summary(reports.of(run)));
        if (run.order().repairs() && run.order().destination() == null) {
            watermarks.withGapBefore(run.startedAt()).forEach(source -> {
                watermarks.closeGap(source);
                LOG.info("Reconciliation {}: the gap of {} is filled", id, source);
            });
        }
    }

    /** Looks now and then whether the report can become final; begins the run that was asked for meanwhile. */
    void settle() {
        var run = runs.settling();
        var now = clock.instant();
        if (run == null || now.isBefore(nextLook)) {
            return;
        }
        var ended = run.endedAt() == null ? now : run.endedAt();
        var hours = reports.hours(run);
        boolean over = !run.order().repairs() && !run.order().deep()
                || !now.isBefore(ended.plus(settings.settle()))
                || run.again() != null
                || !run.order().deep() && hours.stream().allMatch(Hour::isComplete);
        if (over) {
            finish(run);
            if (run.again() != null) {
                runs.begin(Order.repair(run.again()), now);
            }
        }
        nextLook = now.plus(look(Duration.between(ended, now)));
    }

    private static Duration look(Duration age) {
        var half = age.dividedBy(2);
        return half.compareTo(SHORTEST_LOOK) < 0
                ? SHORTEST_LOOK
                : half.compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : half;
    }

    /** Makes the report of the run that is still settling final, before another run lists the users anew. */
    void close() {
        var run = runs.settling();
        if (run != null) {
            finish(run);
        }
    }

    private void finish(Run run) {
        var report = reports.of(run);
        report.put("state", Reports.word(State.FINISHED));
        runs.finish(run, State.FINISHED, report.toString());
        users.forgetOthers(run.id());
        report.path("coverage").forEach(line -> LOG.info("Reconciliation {}: {}", run.id(), line.asText()));
    }

    private static String summary(ObjectNode report) {
        return String.format(
                Locale.ROOT,
                "%,d users seen, %,d never heard of, missing %s, drifted %s, parked %s, %,d orphans; %,d queued for repair",
                report.path("seen").asLong(),
                report.path("neverHeardOf").asLong(),
                told(report, "missing"),
                told(report, "drifted"),
                told(report, "parked"),
                report.path("orphans").asLong(),
                report.path("repaired").asLong());
    }

    private static String told(ObjectNode report, String what) {
        var counts = report.path(what);
        return counts.isEmpty()
                ? "nowhere"
                : counts.toString().replace("\"", "").replace(":", " ");
    }
}
