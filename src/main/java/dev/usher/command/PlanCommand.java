package dev.usher.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code plan <user>}: prints values of the person, as whoever may read the key may see them. */
@Command(
        name = "plan",
        description = {
            "Tell what would be written of a user where, and why, field by field. Nothing is sent.",
            "Ends with 1 when something would be written, or cannot be foreseen."
        },
        mixinStandardHelpOptions = true)
final class PlanCommand extends OnlineCommand {

    @Parameters(paramLabel = "USER", description = "The object id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private String user;

    @Override
    public Integer call() {
        var usher = usher();
        progress().at("waiting for Usher, which asks the directory and every destination");
        var plan =
                usher.post("/api/people/" + UsherClient.encoded(user) + "/plan", JsonNodeFactory.instance.objectNode());
        if (isJson()) {
            print(plan);
        } else {
            out().println(plan.path("text").asText());
            plan.path("destinations").forEach(this::tell);
        }
        for (var line : plan.path("destinations")) {
            if (!line.path("act").asText().matches("unchanged|skipped|stale|superseded")) {
                return ExitCode.FOUND;
            }
        }
        return ExitCode.GOOD;
    }

    private void tell(JsonNode line) {
        out().printf(
                        "%n%s: %s%n",
                        line.path("destination").asText(), line.path("text").asText());
        if (line.path("sent").asBoolean()) {
            out().println("  rule: " + line.path("rule").asText() + "; compared with what "
                    + (line.path("looked").asBoolean() ? "it holds now" : "Usher remembers"));
        }
        line.path("differences")
                .forEach(one -> out().println("  " + one.path("field").asText() + ": "
                        + text(one.path("holds"), line.path("looked").asBoolean()) + " -> "
                        + text(one.path("wanted"), true)));
    }

    private static String text(JsonNode value, boolean looked) {
        return value.isNull() ? looked ? "nothing" : "(not looked at)" : '"' + value.asText() + '"';
    }
}
