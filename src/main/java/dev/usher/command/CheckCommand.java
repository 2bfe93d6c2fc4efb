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

    /**
     * What came of the scenarios.
     *
     * @param results those that were played to their end
     * @param note why not all were played; null when they were
     * @param exitCode what this part alone would end the process with
     */
    private record Played(
            List<Scenarios.Result> results, @Nullable String note, int exitCode) {

        long failed() {
            return CheckCommand.failed(results);
        }
    }

    @Override
    public Integer call() {
        var progress = progress();
        progress.at("looking at files and settings, and rehearsing the start");
        var inspection = new Inspection(Path.of(""), arguments());
        var findings = inspection.findings();
        if (!isJson()) {
            tell(findings, inspection.routes());
        }
        var played = findings.isEmpty()
                ? play(progress)
                : new Played(
                        List.of(), "Scenarios were not run: they would fail for what is told above.", ExitCode.FOUND);
        if (isJson()) {
            out().println(asJson(findings, played).toPrettyString());
        } else {
            tell(played);
        }
        return played.exitCode();
    }

    private Played play(Progress progress) {
        if (without) {
            return new Played(List.of(), "Scenarios were not run: --no-scenarios.", ExitCode.GOOD);
        }
        Scenarios scenarios;
        try {
            scenarios = Scenarios.find(sandbox);
        } catch (IOException e) {
            return notRun(e.getMessage() + ". Put usher-sandbox.jar of this version beside usher.jar, or name it by"
                    + " --sandbox.");
        }
        return scenarios == null
                ? notRun("there is no folder scenarios/ or src/test/scenarios/. Bring yours along.")
                : play(scenarios, progress);
    }

    private Played play(Scenarios scenarios, Progress progress) {
        var results = new ArrayList<Scenarios.Result>();
        progress.at("starting Usher and the simulators");
        try {
            scenarios.play(only, result -> {
                results.add(result);
                progress.at("scenarios: " + results.size() + " played, " + failed(results) + " failed");
                if (!isJson()) {
                    tell(result);
                }
            });
        } catch (IOException e) {
            return new Played(
                    results,
                    "Scenarios were not played to their end: " + e.getMessage()
                            + ". Whether the others pass is not known.",
                    ExitCode.UNREACHABLE);
        }
        if (results.isEmpty()) {
            return notRun("none has \"" + only + "\" in its path. Correct --scenario.");
        }
        return new Played(results, null, failed(results) == 0 ? ExitCode.GOOD : ExitCode.FOUND);
    }

    private static long failed(List<Scenarios.Result> results) {
        return results.stream().filter(result -> result.failure() != null).count();
    }

    /** Whoever asked for scenarios, and got none, must not take that for a success. */
    private static Played notRun(String why) {
        return new Played(
                List.of(), "Scenarios were not run: " + why + " Without scenarios: --no-scenarios.", ExitCode.FOUND);
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
        if (played.note() != null) {
            out.println(played.note());
        }
        if (!played.results().isEmpty()) {
            out.println("Scenarios: " + (played.results().size() - played.failed()) + " passed, " + played.failed()
                    + " failed.");
        }
        out.flush();
    }

    private static ObjectNode asJson(List<Finding> findings, Played played) {
        var json = new ObjectMapper();
        var answer = json.createObjectNode().put("good", played.exitCode() == ExitCode.GOOD);
        var list = answer.putArray("findings");
        findings.forEach(finding -> list.addObject()
                .put("file", finding.file())
                .put("line", finding.line())
                .put("what", finding.message())
                .put("mend", finding.mend()));
        answer.set("scenarios", json.valueToTree(played.results()));
        return answer.put("scenariosNotRun", played.note());
    }
}
