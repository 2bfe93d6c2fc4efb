package dev.usher.startup;

import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives the settings {@code usher.data-folder}: {@code usher.data} as an absolute path. H2 takes {@code ./data} and
 * {@code /data}, but not {@code data}, so that one URL cannot serve both kinds of path.
 */
final class DataFolder implements EnvironmentPostProcessor, Ordered {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        add(environment);
    }

    static void add(ConfigurableEnvironment environment) {
        var data = environment.getProperty("usher.data");
        if (data != null) {
            var folder = Path.of(data).toAbsolutePath().normalize().toString();
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource("usher-data-folder", Map.of("usher.data-folder", folder)));
        }
    }

    /** After the configuration was read. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
