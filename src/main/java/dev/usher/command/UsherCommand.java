package dev.usher.command;

import java.io.PrintWriter;
import java.util.Set;
import org.springframework.boot.logging.LoggingSystem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParseResult;

/**
 * The root of all commands. A new command is a class named in {@code subcommands}; one about a running Usher extends
 * {@link OnlineCommand}.
 */
@Command(
        name = "usher",
        description = "See and do by command what the console shows and does. Without a command, Usher itself starts.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all is well",
            "1:something was found that is not as it should be",
            "2:the command was called wrongly",
            "3:Usher, or a system, does not answer, refuses or fails"
        },
        mixinStandardHelpOptions = true,
        versionProvider = UsherCommand.Version.class,
        subcommands = {
            CheckCommand.class,
            DoctorCommand.class,
            HashPassword.class,
            HelpCommand.class,
            PlanCommand.class,
            ReconcileCommand.class,
            RegisterWebhookCommand.class,
            ReplayCommand.class,
            SyncCommand.class,
            WhyCommand.class,
        })
public final class UsherCommand {

    private static final Set<String> HELP = Set.of("-h", "--help", "-V", "--version");

    private UsherCommand() {}

    /** Whether these arguments of the program are a command; otherwise they are settings of Usher itself. */
    public static boolean isMeant(String... arguments) {
        return arguments.length > 0 && (!arguments[0].startsWith("-") || HELP.contains(arguments[0]));
    }

    /** Does what the arguments say, and prints it. @return the exit code */
    public static int run(String... arguments) {
        LoggingSystem.get(UsherCommand.class.getClassLoader()).beforeInitialize(); // a command prints, it does not log
        return line().execute(arguments);
    }

    /** All commands, with errors in words. */
    static CommandLine line() {
        return new CommandLine(new UsherCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler(UsherCommand::failed);
    }

    private static int failed(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof CommandFailure known) {
            err.println(known.words());
            err.flush();
            return known.exitCode();
        }
        err.println("usher " + command.getCommandName() + " failed by a fault of its own ("
                + failure.getClass().getName() + ": " + failure.getMessage() + "): please report it");
        err.flush();
        return ExitCode.UNREACHABLE;
    }

    /** The version of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = UsherCommand.class.getPackage().getImplementationVersion();
            return new String[] {"Usher " + (version == null ? "unversioned" : version)};
        }
    }
}
