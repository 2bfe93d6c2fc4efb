package dev.usher.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sync <user>}. */
@Command(
        name = "sync",
        description = "Bring a user everywhere to what the directory shows, also one whom Usher never saw.",
        mixinStandardHelpOptions = true)
final class SyncCommand extends OnlineCommand {

    @Parameters(paramLabel = "USER", description = "The object id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private String user;

    @Override
    public Integer call() {
        var answer = usher().post(
                        "/api/people/" + UsherClient.encoded(user) + "/synchronise",
                        JsonNodeFactory.instance.objectNode());
        if (isJson()) {
            print(answer);
        } else {
            out().println(answer.path("text").asText() + " Its name there: "
                    + answer.path("event").asText());
        }
        return ExitCode.GOOD;
    }
}
