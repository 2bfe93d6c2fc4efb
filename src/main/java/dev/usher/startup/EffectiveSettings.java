package dev.usher.startup;

import dev.usher.destination.Destinations;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says once, when everything runs, by which settings: one line for each concern, secrets as set or not set. */
@Component
final class EffectiveSettings {

    private static final Logger LOG = LoggerFactory.getLogger(EffectiveSettings.class);

    private final Environment environment;
    private final Destinations destinations;

    EffectiveSettings(Environment environment, Destinations destinations) {
        this.environment = environment;
        this.destinations = destinations;
    }

    @EventListener(ApplicationReadyEvent.class)
    void tell() {
        lines().forEach(LOG::info);
    }

    List<String> lines() {
        var lines = new java.util.ArrayList<String>();
        lines.add("Settings: folders data=" + folder("usher.data") + ", routes=" + folder("usher.routes"));
        lines.add("Settings: state " + all("spring.datasource", "url", "username", "password"));
        lines.add("Settings: queues " + all("spring.artemis", "mode", "broker-url", "user", "password"));
        lines.add("Settings: ports " + all("server", "port") + ", management "
                + all("management.server", "port", "address"));
        lines.add("Settings: hash-key=" + shown("usher.hash-key"));
        lines.add("Settings: directory " + group("usher.entra"));
        boolean contacts = environment.getProperty("usher.dataverse.enabled", Boolean.class, false);
        lines.add("Settings: dataverse "
                + (contacts ? group("usher.dataverse") + ", believed " + group("usher.authority") : "is switched off"));
        lines.add("Settings: reconciliation " + group("usher.reconciliation"));
        lines.add("Settings: retention " + group("usher.retention"));
        lines.add("Settings: router " + group("usher.router"));
        destinations
                .all()
                .forEach(destination -> lines.add("Settings: destination " + destination.name() + " "
                        + (destination.settings().enabled()
                                ? group("usher.destinations." + destination.name())
                                : "is switched off")));
        lines.add("Settings: sign-in " + users() + " local users, entra " + group("usher.security.entra")
                + ", sessions " + group("usher.security.sessions") + ", throttle " + group("usher.security.throttle"));
        lines.add("Settings: leaving " + group("usher.leaving"));
        lines.add("Settings: alerts " + group("usher.alerts") + ", mail " + group("usher.mail"));
        return lines;
    }

    private long users() {
        return java.util.stream.IntStream.iterate(0, number -> number + 1)
                .takeWhile(number -> environment.containsProperty("usher.security.users[" + number + "].name"))
                .count();
    }

    private String folder(String key) {
        return Path.of(environment.getProperty(key, ""))
                .toAbsolutePath()
                .normalize()
                .toString();
    }

    private String all(String prefix, String... names) {
        return java.util.stream.Stream.of(names)
                .filter(name -> environment.containsProperty(prefix + "." + name))
                .map(name -> name + "=" + shown(prefix + "." + name))
                .collect(Collectors.joining(", "));
    }

    private String shown(String key) {
        return Secrets.shown(key, environment.getProperty(key, ""));
    }

    private String group(String prefix) {
        return group(environment, prefix);
    }

    /** Everything below a key, however it is spelt where it was set; what is spelt in two ways is told once. */
    static String group(Environment environment, String prefix) {
        Map<String, String> values = new TreeMap<>(Comparator.comparing(Secrets::plain));
        Binder.get(environment)
                .bind(prefix, Bindable.mapOf(String.class, Object.class))
                .ifBound(found -> found.forEach((name, value) -> flatten(name, value, values)));
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + Secrets.shown(prefix + "." + entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static void flatten(String name, Object value, Map<String, String> values) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> flatten(name + "." + key, inner == null ? "" : inner, values));
        } else {
            values.putIfAbsent(name, String.valueOf(value));
        }
    }
}
