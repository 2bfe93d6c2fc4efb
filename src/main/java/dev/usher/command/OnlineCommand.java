package dev.usher.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A command about a running Usher, which it calls. Where that is, and its key, stand in the configuration of the folder in
 * which the command is started.
 */
abstract class OnlineCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where Usher runs. Default: on this machine, at the port that config/ says.")
    private @Nullable URI url;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "The key that Usher writes at its start. Default: command.key in its data folder.")
    private @Nullable Path keyFile;

    @Option(names = "--json", description = "Print JSON, for scripts.")
    private boolean json;

    /** The running Usher, to be called. @throws CommandFailure when it is not known where it is, or its key cannot be read */
    final UsherClient usher() {
        var place = new Place(url, keyFile);
        return new UsherClient(place.url(), place.keyFile(), place.tls());
    }

    final boolean isJson() {
        return json;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** What is told on the way, on standard error. */
    final Progress progress() {
        return new Progress(spec.commandLine().getErr());
    }

    /** Prints JSON, indented. */
    final void print(JsonNode answer) {
        out().println(answer.toPrettyString());
    }
}
