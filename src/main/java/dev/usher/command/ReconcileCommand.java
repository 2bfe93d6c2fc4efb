package dev.usher.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code usher reconcile}: compares the whole directory with what Usher knows, and waits until that is done. */
@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        description = {
            "Compares all users of the directory with what Usher knows, and queues whoever is missing or behind.",
            "Ends with 1 when anybody is. Ending the command does not end the run."
        })
final class ReconcileCommand extends OnlineCommand {

    private static final String API = "/api/reconciliations";
    private static final List<String> COMPARING = List.of("listing", "orphans");
    private static final List<String> FINDINGS = List.of("missing", "drifted", "parked", "handEdited");

    @Option(names = "--dry-run", description = "Only tell, repair nothing.")
    private boolean dryRun;

    @Option(names = "--deep", description = "Read the destinations too.")
    private boolean deep;

    @Option(names = "--destination", paramLabel = "NAME", description = "Look at this destination alone.")
    private @Nullable String destination;

    @Override
    public Integer call() {
        var usher = usher();
        var order = JsonNodeFactory.instance
                .objectNode()
                .put("mode", dryRun ? "dry-run" : "repair")
                .put("deep", deep);
        if (destination != null) {
            order.put("destination", destination);
        }
        var run = usher.post(API, order);
        var progress = progress();
        var one = API + "/" + run.path("run").asLong();
        while (COMPARING.contains(run.path("state").asText())) {
            progress.at(String.format(
                    Locale.ROOT,
                    run.path("state").asText().equals("listing")
                            ? "%,d users compared"
                            : "%,d users compared, looking for those whom the directory no longer knows",
                    run.path("seen").asLong()));
            Pause.aMoment();
            run = usher.get(one);
        }
        if (isJson()) {
            print(run);
        } else {
            tell(run);
        }
        return isClean(run) ? ExitCode.GOOD : ExitCode.FOUND;
    }

    private static boolean isClean(JsonNode run) {
        return !run.path("state").asText().equals("stopped")
                && run.path("orphans").asLong() == 0
                && run.path("unreadable").asLong() == 0
                && FINDINGS.stream().allMatch(finding -> sum(run.path(finding)) == 0);
    }

    private static long sum(JsonNode counts) {
        long sum = 0;
        for (var count : counts) {
            sum += count.asLong();
        }
        return sum;
    }

    private void tell(JsonNode run) {
        out().printf(
                        Locale.ROOT,
                        "Reconciliation %d (%s%s): %s. Users seen: %,d, queued for repair: %,d.%n",
                        run.path("run").asLong(),
                        run.path("mode").asText(),
                        run.path("deep").asBoolean() ? ", deep" : "",
                        run.path("state").asText().equals("stopped") ? "stopped" : "all compared",
                        run.path("seen").asLong(),
                        run.path("repaired").asLong());
        out().printf(
                        Locale.ROOT,
                        "never heard of %,d, orphans %,d, unreadable %,d%n",
                        run.path("neverHeardOf").asLong(),
                        run.path("orphans").asLong(),
                        run.path("unreadable").asLong());
        for (var finding : FINDINGS) {
            run.path(finding)
                    .properties()
                    .forEach(count -> out().printf(
                                    Locale.ROOT,
                                    "%s in %s: %,d%n",
                                    finding.equals("handEdited") ? "changed by hand" : finding,
                                    count.getKey(),
                                    count.getValue().asLong()));
        }
        run.path("coverage").forEach(hour -> out().println(hour.asText()));
    }
}
