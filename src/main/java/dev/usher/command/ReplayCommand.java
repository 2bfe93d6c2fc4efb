package dev.usher.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code usher replay}: sends dead letters on their way again, dismisses them, or lists them when it is not said which. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Sends dead letters on their way again, or dismisses them.",
            "Without saying which, it lists those that are open, by destination and reason, and ends with 1 if there are any."
        })
final class ReplayCommand extends OnlineCommand {

    private static final String API = "/api/dead-letters";

    @Parameters(arity = "0..1", paramLabel = "ID", description = "The one dead letter.")
    private @Nullable String id;

    @Option(names = "--destination", paramLabel = "NAME", description = "Those of one destination.")
    private @Nullable String destination;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Those of exactly this reason.")
    private @Nullable String reason;

    @Option(names = "--all", description = "All that are open.")
    private boolean all;

    @Option(names = "--dismiss", description = "Give them up for good instead.")
    private boolean dismiss;

    @Override
    public Integer call() {
        var usher = usher();
        if (id == null && destination == null && reason == null && !all && !dismiss) {
            return list(usher);
        }
        var decided = usher.post(API + (dismiss ? "/dismiss" : "/replay"), selection());
        awaitMoved(usher);
        if (isJson()) {
            print(decided);
        } else {
            out().println(told(decided));
        }
        return decided.path("left").asLong() > 0 ? ExitCode.FOUND : ExitCode.GOOD;
    }

    private ObjectNode selection() {
        var selection = JsonNodeFactory.instance.objectNode();
        if (id != null) {
            selection.put("id", id);
        }
        if (destination != null) {
            selection.put("destination", destination);
        }
        if (reason != null) {
            selection.put("reason", reason);
        }
        if (all) {
            selection.put("all", true);
        }
        return selection;
    }

    /** Many messages take a while; whoever does not want to wait may end the command, the work goes on. */
    private void awaitMoved(UsherClient usher) {
        var progress = progress();
        long moving = usher.get(API + "/counts").path("moving").asLong();
        while (moving > 0) {
            progress.at(String.format(Locale.ROOT, "%,d on their way", moving));
            Pause.aMoment();
            moving = usher.get(API + "/counts").path("moving").asLong();
        }
    }

    private String told(JsonNode decided) {
        long letters = decided.path("letters").asLong();
        long left = decided.path("left").asLong();
        var done = letters == 0
                ? "None of them was open any more: nothing was done."
                : String.format(
                        Locale.ROOT,
                        dismiss ? "%,d dismissed." : "%,d sent on their way again: see usher why, or the console.",
                        letters);
        return left == 0
                ? done
                : done
                        + String.format(
                                Locale.ROOT,
                                " %,d stay open: their destination is no longer there, so that they can only be dismissed.",
                                left);
    }

    private int list(UsherClient usher) {
        var groups = JsonNodeFactory.instance.arrayNode();
        var next = "";
        do {
            var page = usher.get(API + "/groups?limit=200" + (next.isEmpty() ? "" : "&before=" + next));
            page.path("items").forEach(groups::add);
            next = page.path("next").asText("");
        } while (!next.isEmpty() && !next.equals("null"));
        if (isJson()) {
            print(groups);
        } else if (groups.isEmpty()) {
            out().println("No dead letter is open.");
        } else {
            groups.forEach(group -> out().printf(
                            Locale.ROOT,
                            "%,7d  %-12s %s  (%s to %s)%n",
                            group.path("letters").asLong(),
                            group.path("destination").asText(),
                            group.path("reason").asText(),
                            group.path("first").asText(),
                            group.path("last").asText()));
        }
        return groups.isEmpty() ? ExitCode.GOOD : ExitCode.FOUND;
    }
}
