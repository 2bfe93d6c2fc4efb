package dev.usher.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code usher register-webhook}: sets Dataverse up to tell Usher of changed contacts, and shows how it is set up. */
@Command(
        name = "register-webhook",
        mixinStandardHelpOptions = true,
        description = {
            "Sets Dataverse up to call Usher when a contact changes; what is there already is kept, and mended where it differs.",
            "Ends with 1 when something is missing, differs, or has failed."
        })
final class RegisterWebhookCommand extends OnlineCommand {

    private static final String API = "/api/webhook";

    @Parameters(
            arity = "0..1",
            paramLabel = "ADDRESS",
            description = "Where Dataverse is to call, such as https://usher.example/hooks/dataverse/contacts. Default:"
                    + " usher.dataverse.webhook.url.")
    private @Nullable String address;

    @Option(names = "--show", description = "Only show how it is set up, change nothing.")
    private boolean show;

    @Override
    public Integer call() {
        var body = JsonNodeFactory.instance.objectNode();
        if (address != null) {
            body.put("url", address);
        }
        var state = show ? usher().get(API) : usher().post(API, body);
        if (isJson()) {
            print(state);
        } else {
            tell(state);
        }
        return isHealthy(state) ? ExitCode.GOOD : ExitCode.FOUND;
    }

    private static boolean isHealthy(JsonNode state) {
        for (var step : state.path("steps")) {
            if (!step.asText().equals("registered")) {
                return false;
            }
        }
        return state.path("registered").asBoolean()
                && !state.has("expectedUrl")
                && state.path("failures").isEmpty();
    }

    private void tell(JsonNode state) {
        out().println(
                        state.path("registered").asBoolean()
                                ? "Dataverse calls " + state.path("url").asText()
                                : "Dataverse is not set up to call Usher.");
        if (state.has("expectedUrl")) {
            out().println("  configured is " + state.path("expectedUrl").asText() + " (usher.dataverse.webhook.url)");
        }
        state.path("steps")
                .properties()
                .forEach(step -> out().println(
                                "  " + step.getKey() + ": " + step.getValue().asText()));
        var last = state.path("lastAccepted");
        out().println(
                        last.isTextual()
                                ? "The last call was accepted at " + last.asText()
                                : "No call was accepted yet.");
        state.path("failures")
                .forEach(failure -> out().println(
                                "Failed: " + failure.path("step").asText() + " at "
                                        + failure.path("at").asText()));
    }
}
