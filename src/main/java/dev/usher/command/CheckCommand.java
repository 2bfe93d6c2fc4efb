package dev.usher.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.check.Finding;
import dev.usher.check.Inspection;
import dev.usher.check.Scenarios;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code check}: what an integration team runs before it deploys. */
@Command(
        name = "check",
        description = "Check configuration, routes and scenarios of the working directory, without sending anything.",
        mixinStandardHelpOptions = true)
final class CheckCommand extends OfflineCommand {

    @Option(
            names = "--sandbox",
            paramLabel = "FILE",
            description = "The simulators for the scenarios. Default: usher-sandbox.jar beside the jar.")
    private @Nullable Path sandbox;

    @Option(names = "--scenario", paramLabel = "TEXT", description = "Play only scenarios with this in their path.")
    private String only = "";

    @Option(names = "--no-scenarios", description = "Play no scenarios.")
    private boolean without;

    /** What came of the scenarios. @param notRun why they were not run; null when they were */
    private record Played(
            List<Scenarios.Result> results, @Nullable String notRun) {

        List<Scenarios.Result> failed() {
            return results.stream().filter(result -> result.failure() != null).toList();
        }
    }

    @Override
    public Integer call() {
        var inspection = new Inspection(Path.of(""), arguments());
        var findings = inspection.findings();
        if (!isJson()) {
            tell(findings, inspection.routes());
        }
        var played = findings.isEmpty()
                ? play()
                : new Played(List.of(), "Scenarios were not run: they would fail for what is told above.");
        if (isJson()) {
            out().println(asJson(findings, played).toPrettyString());
        } else {
            tell(played);
        }
        return findings.isEmpty() && played.failed().isEmpty() ? ExitCode.GOOD : ExitCode.FOUND;
    }

    private Played play() {
        if (without) {
            return new Played(List.of(), "Scenarios were not run: --no-scenarios.");
        }
        try {
            var scenarios = Scenarios.find(sandbox);
            if (scenarios == null) {
                return new Played(
                        List.of(), "Scenarios were not run: there is no folder scenarios/ or src/test/scenarios/.");
            }
            var results = new ArrayList<Scenarios.Result>();
            scenarios.play(only, result -> {
                results.add(result);
                if (!isJson()) {
                    tell(result);
                }
            });
            return results.isEmpty()
                    ? new Played(results, "Scenarios were not run: none has \"" + only + "\" in its path.")
                    : new Played(results, null);
        } catch (IOException e) {
            return new Played(
                    List.of(),
                    "Scenarios were not run: " + e.getMessage()
                            + ". Put usher-sandbox.jar of this version beside usher.jar, or name it by --sandbox.");
        }
    }

    private void tell(List<Finding> findings, int routes) {
        PrintWriter out = out();
        findings.forEach(out::println);
        out.println(
                findings.isEmpty()
                        ? "Configuration and " + routes + " routes and kamelets: nothing to mend; Usher would start."
                        : findings.size() + " to mend.");
        out.flush();
    }

    private void tell(Scenarios.Result result) {
        if (result.failure() != null) {
            PrintWriter out = out();
            result.failure().lines().forEach(line -> out.println(line + "; see docs/scenarios.md, or mend the route"));
            out.flush();
        }
    }

    private void tell(Played played) {
        PrintWriter out = out();
        out.println(
                played.notRun() != null
                        ? played.notRun()
                        : "Scenarios: "
                                + (played.results().size() - played.failed().size()) + " passed, "
                                + played.failed().size() + " failed.");
        out.flush();
    }

    private static ObjectNode asJson(List<Finding> findings, Played played) {
        var json = new ObjectMapper();
        var answer = json.createObjectNode()
                .put("good", findings.isEmpty() && played.failed().isEmpty());
        var list = answer.putArray("findings");
        findings.forEach(finding -> list.addObject()
                .put("file", finding.file())
                .put("line", finding.line())
                .put("what", finding.message())
                .put("mend", finding.mend()));
        answer.set("scenarios", json.valueToTree(played.results()));
        return answer.put("scenariosNotRun", played.notRun());
    }
}
