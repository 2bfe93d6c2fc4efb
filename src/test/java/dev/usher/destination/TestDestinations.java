package dev.usher.destination;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.env.MockEnvironment;

/** The destinations of a folder of routes, for tests of other packages. */
public final class TestDestinations {

    private TestDestinations() {}

    /** Of the project's own routes, with these settings on top of the defaults and of blank vendor keys. */
    public static Destinations ofProject(Map<String, String> settings) {
        var all = new HashMap<String, String>();
        for (var name : new String[] {"stripe", "mailchimp", "salesforce", "sql", "entra"}) {
            all.put("usher.destinations." + name + ".enabled", "false");
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
