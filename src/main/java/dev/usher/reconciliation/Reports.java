package dev.usher.reconciliation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.reconciliation.Run.State;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * What runs found, for people. As long as repairs are on their way a report is counted anew whenever it is read; when it
 * becomes final is decided in {@link Conclusions}.
 */
@Component
class Reports {

    private final Runs runs;
    private final ListedUsers users;
    private final ReconciliationSettings settings;
    private final ObjectMapper json = new ObjectMapper();

    Reports(Runs runs, ListedUsers users, ReconciliationSettings settings) {
        this.runs = runs;
        this.users = users;
        this.settings = settings;
    }

    /** The users of the run by the hour in which they were made. */
    List<Hour> hours(Run run) {
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

    static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
