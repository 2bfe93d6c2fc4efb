package dev.usher.reconciliation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.alert.Alarm;
import dev.usher.alert.Sighting;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Raised when the newest run over everything found people whom no source had told of, or who were missing somewhere; it ends
 * once everybody is where they must be, or when the next run finds nobody missing.
 */
@Component
final class MissingAlarm implements Alarm {

    private final Runs runs;
    private final Reports reports;

    MissingAlarm(Runs runs, Reports reports) {
        this.runs = runs;
        this.reports = reports;
    }

    @Override
    public String name() {
        return "people-missing";
    }

    @Override
    public @Nullable Sighting look() {
        var run = runs.lastWhole();
        if (run == null) {
            return clear();
        }
        if (run.report() == null) {
            return null;
        }
        var counted = reports.of(run);
        long unheard = counted.path("neverHeardOf").asLong();
        var missing = counted.path("missing");
        boolean told = runs.isTold(run.id());
        if (unheard == 0 && missing.isEmpty()
                || told && counted.path("complete").asBoolean()) {
            return clear();
        }
        return new Sighting(
                true,
                told ? List.of() : List.of(String.valueOf(run.id())),
                "Usher: reconciliation " + run.id() + " found people missing",
                text(run, unheard, missing));
    }

    private static Sighting clear() {
        return Sighting.clear("nobody is missing");
    }

    private static String text(Run run, long unheard, JsonNode missing) {
        var places = missing.isEmpty()
                ? "nowhere"
                : missing.toString().replaceAll("[\"{}]", "").replace(":", " ").replace(",", ", ");
        return "Reconciliation " + run.id() + " (" + run.order() + "), begun at " + run.startedAt() + ", found "
                + unheard
                + " users whom no source had told of; missing: " + places + ". "
                + (run.order().repairs()
                        ? "They are delivered now; this alarm ends once everybody is where they must be."
                        : "It was a dry run: nobody was delivered.")
                + "\n\nWhat to do: "
                + (run.order().repairs() ? "" : "run it again with mode repair. ")
                + "Find out why they were missed: was Usher stopped for longer than the source keeps its records, was a"
                + " webhook or a permission lost, was a destination emptied or switched on anew? The report"
                + " (/actuator/reconciliation) tells hour by hour.\n";
    }

    @Override
    public void noted(Sighting sighting) {
        sighting.news().forEach(id -> runs.told(Long.parseLong(id)));
    }
}
