package dev.usher.destination;

import java.io.File;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.env.MockEnvironment;

/** The destinations of a folder of routes, for tests of other packages. */
public final class TestDestinations {

    private TestDestinations() {}

    /** Of the project's own routes, all switched off, with these settings on top of the defaults. */
    public static Destinations ofProject(Map<String, String> settings) {
        var all = new HashMap<String, String>();
        for (var folder : new File("routes/destinations").list()) {
            all.put("usher.destinations." + folder + ".enabled", "false");
        }
        all.putAll(settings);
        return of("routes", all);
    }

    /** @param settings keys with {@code usher.} in front; the environment holds the same */
    public static Destinations of(String routes, Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("usher.routes", routes);
        var environment = new MockEnvironment();
        all.forEach(environment::setProperty);
        var bound = new Binder(new MapConfigurationPropertySource(all)).bindOrCreate("usher", UsherSettings.class);
        return new Destinations(bound, environment);
    }
}
