package dev.usher.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code why <person> [destination]}. */
@Command(
        name = "why",
        description = {
            "Tell what became of a person, and why, the newest first.",
            "Ends with 1 when nobody was found, or several were."
        },
        mixinStandardHelpOptions = true)
final class WhyCommand extends OnlineCommand {

    @Parameters(
            index = "0",
            paramLabel = "PERSON",
            description = "An object id, a destination's id such as cus_…, a contact's id, or an e-mail address.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private String person;

    @Parameters(index = "1", arity = "0..1", paramLabel = "DESTINATION", description = "The only one that counts.")
    private @Nullable String destination;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Lines at most, 1 to 200. Default: ${DEFAULT-VALUE}.",
            defaultValue = "50")
    private int limit;

    @Override
    public Integer call() {
        var usher = usher();
        var search = usher.post(
                "/api/people/search", JsonNodeFactory.instance.objectNode().put("query", person));
        var items = search.path("items");
        if (items.size() != 1) {
            return tellWhoWasFound(search);
        }
        var path = "/api/people/"
                + UsherClient.encoded(items.path(0).path("subject").asText());
        var overview = usher.get(path);
        var timeline = usher.get(path + "/timeline?limit=" + limit
                + (destination == null ? "" : "&destination=" + UsherClient.encoded(destination)));
        if (isJson()) {
            var both = JsonNodeFactory.instance.objectNode();
            both.set("person", overview);
            both.set("timeline", timeline);
            print(both);
        } else {
            tell(overview, timeline);
        }
        return ExitCode.GOOD;
    }

    private int tellWhoWasFound(JsonNode search) {
        if (isJson()) {
            print(search);
        } else if (search.path("items").isEmpty()) {
            out().println(search.path("hint").asText());
        } else {
            out().println("Several have it; give the object id of one:");
            search.path("items")
                    .forEach(hit -> out().println("  " + hit.path("subject").asText() + "  "
                            + hit.path("foundBy").asText() + ", "
                            + hit.path("state").asText()));
        }
        return ExitCode.FOUND;
    }

    private void tell(JsonNode overview, JsonNode timeline) {
        out().println(overview.path("subject").asText() + ": "
                + overview.path("text").asText());
        for (var standing : overview.path("destinations")) {
            if (destination == null
                    || destination.equals(standing.path("destination").asText())) {
                out().printf(
                                "  %-12s %-10s %s%n",
                                standing.path("destination").asText(),
                                standing.path("state").asText(),
                                standing.path("text").asText());
            }
        }
        out().println();
        timeline.path("items")
                .forEach(line -> out().println(line.path("at").asText() + "  "
                        + line.path("text").asText()));
        if (timeline.hasNonNull("next")) {
            out().println("There is more: say --limit, or look at the console.");
        }
    }
}
