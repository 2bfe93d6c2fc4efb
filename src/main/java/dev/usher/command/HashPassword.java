package dev.usher.command;

import java.io.Console;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the hash of a local user's password. The password is asked for, never an argument: those are seen by others. */
@Command(
        name = "hash-password",
        description = "Ask for a password and print its bcrypt hash, for a user in config/security.yaml.")
final class HashPassword implements Callable<Integer> {

    private static final int SHORTEST = 12;
    /** What bcrypt looks at. */
    private static final int LONGEST_BYTES = 72;

    private static final int COST = 12;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--stdin",
            description = "Read the password from the first line of the standard input instead of asking.")
    boolean stdin;

    @Override
    public Integer call() throws java.io.IOException {
        var password = stdin ? line() : asked();
        if (password.length() < SHORTEST || password.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES) {
            throw CommandFailure.wrongUse("The password must have at least " + SHORTEST + " characters, and at most "
                    + LONGEST_BYTES + " bytes in UTF-8: take another one.");
        }
        if (spec != null) {
            var out = spec.commandLine().getOut();
            out.println(new BCryptPasswordEncoder(COST).encode(password));
            out.flush();
        }
        return ExitCode.GOOD;
    }

    private static String line() throws java.io.IOException {
        var in = new java.io.BufferedReader(new java.io.InputStreamReader(System.in, StandardCharsets.UTF_8));
        var line = in.readLine();
        return line == null ? "" : line;
    }

    private static String asked() {
        Console console = System.console();
        if (console == null) {
            throw CommandFailure.wrongUse("There is no terminal to ask on: give the password by --stdin.");
        }
        char[] first = console.readPassword("Password: ");
        char[] second = console.readPassword("The same again: ");
        if (first == null || !Arrays.equals(first, second)) {
            throw CommandFailure.wrongUse("The two were not the same: start again.");
        }
        return new String(first);
    }
}
