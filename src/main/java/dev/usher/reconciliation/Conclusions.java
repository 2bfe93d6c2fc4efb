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
 * Counts the report of a run in its ticks, now and then, until it is final. Between the end of the comparing and the final
 * report repairs arrive; that time is over when everything is right, after {@code usher.reconciliation.settle}, or when
 * the next run begins.
 */
@Component
class Conclusions {

    private static final Logger LOG = LoggerFactory.getLogger(Conclusions.class);
    private static final Duration SHORTEST_LOOK = Duration.ofSeconds(5);
    private static final Duration LONGEST_LOOK = Duration.ofMinutes(1);
    /** No more than this share of the time goes into counting. */
    private static final int ONE_PART_IN = 20;

    private final Runs runs;
    private final ListedUsers users;
    private final Reports reports;
    private final Watermarks watermarks;
    private final ReconciliationSettings settings;
    private final Clock clock;
    private volatile Instant nextLook = Instant.MIN;
    private volatile long counted;

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

    /** A step of the comparing is done: counts how far it is, unless that was done a moment ago. */
    void progressed(long id) {
        var begun = clock.instant();
        var run = runs.find(id);
        if (run == null || id == counted && begun.isBefore(nextLook)) {
            return;
        }
        runs.note(run, reports.count(run).toString());
        counted = id;
        nextLook = begun.plus(longer(SHORTEST_LOOK, restAfter(begun)));
    }

    /** How long nothing is counted after a counting that has just ended. */
    private Duration restAfter(Instant begun) {
        return Duration.between(begun, clock.instant()).multipliedBy(ONE_PART_IN);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** Everything was compared: tells what was found, and notes which gaps of sources that has filled. */
    void compared(long id) {
        var run = runs.find(id);
        if (run == null || run.state() != State.SETTLING) {
            return;
        }
        nextLook = Instant.MIN;
        var count = reports.count(run);
        runs.note(run, count.toString());
        LOG.info("Reconciliation {} ({}): {}", id, run.order(), summary(run, count));
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
        var count = reports.count(run);
        boolean over = !run.order().repairs() && !run.order().deep()
                || !now.isBefore(ended.plus(settings.settle()))
                || run.again() != null
                || !run.order().deep() && count.path("complete").asBoolean();
        if (over) {
            finish(run, count);
            if (run.again() != null) {
                runs.begin(Order.repair(run.again()), now);
            }
        } else {
            runs.note(run, count.toString());
        }
        nextLook = now.plus(longer(look(Duration.between(ended, now)), restAfter(now)));
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
            finish(run, reports.count(run));
        }
    }

    private void finish(Run run, ObjectNode count) {
        runs.finish(run, State.FINISHED, count.toString());
        users.forgetOthers(run.id());
        count.path("coverage").forEach(line -> LOG.info("Reconciliation {}: {}", run.id(), line.asText()));
    }

    private static String summary(Run run, ObjectNode count) {
        return String.format(
                Locale.ROOT,
                "%,d users seen, %,d never heard of, missing %s, drifted %s, parked %s, %,d orphans; %,d queued for repair",
                count.path("seen").asLong(),
                count.path("neverHeardOf").asLong(),
                told(count, "missing"),
                told(count, "drifted"),
                told(count, "parked"),
                run.orphans(),
                run.repaired());
    }

    private static String told(ObjectNode report, String what) {
        var counts = report.path(what);
        return counts.isEmpty()
                ? "nowhere"
                : counts.toString().replace("\"", "").replace(":", " ");
    }
}
