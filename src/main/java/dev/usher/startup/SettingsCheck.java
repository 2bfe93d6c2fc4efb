package dev.usher.startup;

import dev.usher.destination.Problem;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** The settings whose absence would be noticed late, or be reported in words that nobody understands. */
final class SettingsCheck {

    private static final int SHORTEST_KEY = 16;

    private SettingsCheck() {}

    static List<Problem> problems(Environment environment) {
        var problems = new ArrayList<Problem>();
        var key = environment.getProperty("usher.hash-key", "");
        if (key.length() < SHORTEST_KEY) {
            problems.add(new Problem(
                    "usher.hash-key",
                    key.isBlank() ? "is not set" : "has " + key.length() + " characters, too few to keep hashes secret",
                    "set USHER_HASH_KEY to at least " + SHORTEST_KEY + " random characters, and keep them"));
        }
        if (environment.getProperty("spring.artemis.mode", "").equals("native")
                && environment.getProperty("spring.artemis.broker-url", "").isBlank()) {
            problems.add(new Problem(
                    "spring.artemis.broker-url",
                    "is not set, but spring.artemis.mode is native: an external broker",
                    "set tcp://<host>:61616 (USHER_BROKER_URL), or the mode to embedded (USHER_BROKER_MODE)"));
        }
        destinations(environment)
                .forEach(name -> databaseProblems("usher.destinations." + name, environment, problems));
        return problems;
    }

    private static List<String> destinations(Environment environment) {
        return Binder.get(environment)
                .bind("usher.destinations", Bindable.mapOf(String.class, Object.class))
                .map(found -> List.copyOf(found.keySet()))
                .orElse(List.of());
    }

    private static void databaseProblems(String prefix, Environment environment, List<Problem> problems) {
        var url = environment.getProperty(prefix + ".data-source.url");
        boolean enabled = environment.getProperty(prefix + ".enabled", "true").equals("true");
        if (enabled && url != null && !url.startsWith("jdbc:")) {
            problems.add(new Problem(
                    prefix + ".data-source.url",
                    url.isBlank() ? "is not set" : "is no JDBC URL",
                    "set jdbc:postgresql://<host>/<database> or another JDBC URL, or set " + prefix
                            + ".enabled to false"));
        }
    }
}
