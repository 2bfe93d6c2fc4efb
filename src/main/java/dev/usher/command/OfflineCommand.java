package dev.usher.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command about the configuration and the routes of the working directory, whether Usher runs or not. */
abstract class OfflineCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(names = "--json", description = "Print JSON, for scripts.")
    private boolean json;

    @Option(names = "--profile", paramLabel = "NAME", description = "With this profile, such as sandbox.")
    private @Nullable String profile;

    final boolean isJson() {
        return json;
    }

    /** The arguments with which Usher would be started. */
    final List<String> arguments() {
        return profile == null ? List.of() : List.of("--spring.profiles.active=" + profile);
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** What is told on the way, on standard error. */
    final Progress progress() {
        return new Progress(spec.commandLine().getErr());
    }
}
