package dev.usher;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts Usher: the routes in {@code routes/}, configured by {@code config/}, read from the working directory. */
@SpringBootApplication
public class UsherApplication {

    public static void main(String[] args) {
        SpringApplication.run(UsherApplication.class, args);
    }
}
