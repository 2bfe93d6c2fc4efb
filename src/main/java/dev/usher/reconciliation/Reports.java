package dev.usher.reconciliation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.reconciliation.Run.State;
import dev.usher.watermark.Watermarks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What runs found, for people. As long as repairs are on their way a report is counted anew whenever it is read; it becomes
 * final when everything is right, when {@code usher.reconciliation.settle} is over, or when the next run begins.
 */
@Component
class Reports {

    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
    private static final Duration SHORTEST_LOOK = Duration.ofSeconds(5);
    private static final Duration LONGEST_LOOK = Duration.ofMinutes(1);

    private final Runs runs;
    private final ListedUsers users;
    private final Watermarks watermarks;
    private final ReconciliationSettings settings;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper();
    private volatile Instant nextLook = Instant.MIN;

    Reports(Runs runs, ListedUsers users, Watermarks watermarks, ReconciliationSettings settings, Clock clock) {
        this.runs = runs;
        this.users = users;
        this.watermarks = watermarks;
        this.settings = settings;
        this.clock = clock;
    }

    /** The newest runs, each with its report. */
    List<ObjectNode> newest(int number) {
        return runs.newest(number).stream().map(this::of).toList();
    }

    /** Everything was compared: tells what was found, and notes which gaps of sources that has filled. */
    void compared(long id) {
        var run = runs.find(id);
        if (run == null || run.state() != State.SETTLING) {
            return;
        }
        nextLook = Instant.MIN;
        LOG.info("Reconciliation {} ({}): {}", id, run.order(), summary(of(run)));
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
        var hours = hours(run);
        boolean over = !run.order().repairs() && !run.order().deep()
                || !now.isBefore(ended.plus(settings.settle()))
                || run.again() != null
                || !run.order().deep() && hours.stream().allMatch(Hour::isComplete);
        if (over) {
            finish(run, State.FINISHED);
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
            finish(run, State.FINISHED);
        }
    }

    private void finish(Run run, State state) {
        var report = of(run);
        report.put("state", word(state));
        runs.finish(run, state, report.toString());
        users.forgetOthers(run.id());
        report.path("coverage").forEach(line -> LOG.info("Reconciliation {}: {}", run.id(), line.asText()));
    }

    private List<Hour> hours(Run run) {
        return users.hours(run.id(), run.startedAt().minus(Duration.ofHours(settings.coverageHours() - 1L)));
    }

    /** The report of a run: as it was stored, or counted now. Hand edits are always counted, deep runs find them late. */
    ObjectNode of(Run run) {
        var report = stored(run);
        report.set("handEdited", counts(users.handEdits(run)));
        return report;
    }

    private ObjectNode stored(Run run) {
        if (run.report() != null) {
            try {
                return (ObjectNode) json.readTree(run.report());
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("the report of reconciliation " + run.id() + " is no JSON", e);
            }
        }
        return counted(run);
    }

    private ObjectNode counted(Run run) {
        var found = new Found(users.found(run.id()));
        var report = json.createObjectNode();
        report.put("run", run.id());
        report.put("mode", run.order().mode().word());
        report.put("deep", run.order().deep());
        report.put("destination", run.order().destination());
        report.put("cause", run.order().cause());
        report.put("state", word(run.state()));
        report.put("startedAt", run.startedAt().toString());
        report.put("endedAt", run.endedAt() == null ? null : run.endedAt().toString());
        report.put("pages", run.pages());
        report.put("seen", found.seen());
        report.put("neverHeardOf", found.unheard());
        report.set("missing", counts(found.counts("missing")));
        report.set("drifted", counts(found.counts("drifted")));
        report.set("parked", counts(found.counts("parked")));
        report.put("orphans", run.orphans());
        report.put("unreadable", run.unreadable());
        report.put("repaired", run.repaired());
        var coverage = report.putArray("coverage");
        var hours = hours(run);
        hours.forEach(hour -> coverage.add(hour.line()));
        report.put("complete", run.isCompared() && hours.stream().allMatch(Hour::isComplete));
        return report;
    }

    private ObjectNode counts(Map<String, Long> counts) {
        var object = json.createObjectNode();
        counts.forEach(object::put);
        return object;
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
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
