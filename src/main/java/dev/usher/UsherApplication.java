package dev.usher;

import dev.usher.command.UsherCommand;
import dev.usher.runtime.StopDeadline;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * Starts Usher: the routes in {@code routes/}, configured by {@code config/}, both read from the working directory. When the
 * first argument is a word it is a command, such as {@code help}, which ends by itself.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class UsherApplication {

    public static void main(String[] args) {
        if (UsherCommand.isMeant(args)) {
            System.exit(UsherCommand.run(args));
        }
        StopDeadline.arm();
        SpringApplication.run(UsherApplication.class, args);
    }
}
