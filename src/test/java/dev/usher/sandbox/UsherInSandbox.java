package dev.usher.sandbox;

import dev.usher.UsherApplication;
import org.springframework.boot.SpringApplication;

/** The whole product in its sandbox, in one process: what {@code mvn spring-boot:test-run} starts. */
public final class UsherInSandbox {

    private UsherInSandbox() {}

    public static void main(String[] args) {
        Sandbox.start(SandboxPorts.standard());
        var usher = new SpringApplication(UsherApplication.class);
        usher.setAdditionalProfiles("sandbox");
        usher.run(args);
    }
}
