package dev.usher;

import dev.usher.runtime.StopDeadline;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts Usher: the routes in {@code routes/}, configured by {@code config/}, both read from the working directory. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class UsherApplication {

    public static void main(String[] args) {
        StopDeadline.arm();
        SpringApplication.run(UsherApplication.class, args);
    }
}
