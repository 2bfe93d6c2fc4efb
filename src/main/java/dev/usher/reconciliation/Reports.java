package dev.usher.reconciliation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.destination.Destination;
import dev.usher.destination.Destinations;
import dev.usher.reconciliation.Run.State;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * What runs found, for people. Counting joins every listed user with what is known of them, so that it is done in the ticks
 * of the run ({@link Conclusions}) and stored; whoever asks gets what was counted last.
 */
@Component
class Reports {

    private final ListedUsers users;
    private final Destinations destinations;
    private final ReconciliationSettings settings;
    private final ObjectMapper json = new ObjectMapper();

    Reports(ListedUsers users, Destinations destinations, ReconciliationSettings settings) {
        this.users = users;
        this.destinations = destinations;
        this.settings = settings;
    }

    /** The reports of these runs, as counted last; in the same order. */
    List<ObjectNode> of(List<Run> runs) {
        var handEdits = users.handEdits(
                runs.stream().filter(run -> run.order().deep()).map(Run::id).toList());
        return runs.stream()
                .map(run -> report(run, handEdits.getOrDefault(run.id(), Map.of())))
                .toList();
    }

    /** The report of one run, as counted last. */
    ObjectNode of(Run run) {
        return of(List.of(run)).get(0);
    }

    /** @param handEdits never stored, because a deep run finds them also after its report is final */
    private ObjectNode report(Run run, Map<String, Long> handEdits) {
        var counted = stored(run);
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
        report.put("seen", counted.path("seen").asLong());
        report.put("neverHeardOf", counted.path("neverHeardOf").asLong());
        report.set("missing", counted.withObject("/missing"));
        report.set("drifted", counted.withObject("/drifted"));
        report.set("parked", counted.withObject("/parked"));
        report.put("orphans", run.orphans());
        report.put("unreadable", run.unreadable());
        report.put("repaired", run.repaired());
        report.set("coverage", counted.path("coverage") instanceof ArrayNode lines ? lines : json.createArrayNode());
        report.put("complete", counted.path("complete").asBoolean());
        report.set("handEdited", counts(handEdits));
        return report;
    }

    private ObjectNode stored(Run run) {
        if (run.report() == null) {
            return json.createObjectNode();
        }
        try {
            return (ObjectNode) json.readTree(run.report());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the report of reconciliation " + run.id() + " is no JSON", e);
        }
    }

    /** Counts anew what changes while repairs arrive; takes as long as there are many users. */
    ObjectNode count(Run run) {
        var found = new Found(users.found(run.id()));
        var counted = json.createObjectNode();
        counted.put("seen", found.seen());
        counted.put("neverHeardOf", found.unheard());
        counted.set("missing", counts(found.counts("missing")));
        counted.set("drifted", counts(found.counts("drifted")));
        counted.set("parked", counts(found.counts("parked")));
        var hours = users.hours(
                run.id(), run.startedAt().minus(Duration.ofHours(settings.coverageHours() - 1L)), mappings());
        var coverage = counted.putArray("coverage");
        hours.forEach(hour -> coverage.add(hour.line()));
        counted.put("complete", run.isCompared() && hours.stream().allMatch(Hour::isComplete));
        return counted;
    }

    private Map<String, String> mappings() {
        var mappings = new TreeMap<String, String>();
        for (Destination destination : destinations.all()) {
            if (destination.settings().enabled()) {
                mappings.put(destination.name(), destination.mapping());
            }
        }
        return mappings;
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
