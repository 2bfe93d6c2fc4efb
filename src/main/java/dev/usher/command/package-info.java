/**
 * The command line: {@code java -jar usher.jar <command>}. Commands about a running Usher call its API; they start no
 * Spring context, so that they are quick. Exit codes are {@link dev.usher.command.ExitCode}s.
 */
@NullMarked
package dev.usher.command;

import org.jspecify.annotations.NullMarked;
