package dev.usher.command;

/** What the process says to the shell when a command ends. */
final class ExitCode {

    /** Done, and all is well. */
    static final int GOOD = 0;

    /** Done, and something was found that is not as it should be. */
    static final int FOUND = 1;

    /** Not done: the command was called wrongly, or asks for what cannot be. */
    static final int WRONG_USE = 2;

    /** Not done: Usher, or a system, does not answer, refuses, or fails. */
    static final int UNREACHABLE = 3;

    private ExitCode() {}
}
