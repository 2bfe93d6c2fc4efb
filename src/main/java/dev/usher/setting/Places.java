package dev.usher.setting;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;

/** In which file and line each setting stands, as the configuration was read. */
public final class Places {

    private static final Pattern KEY =
            Pattern.compile("\\b(?:usher|spring|camel|server|management)\\.[\\w.\\[\\]-]*[\\w\\]]");

    private final Path root;
    private final Environment environment;

    /** @param line from 1 */
    public record Place(String file, int line) {

        @Override
        public String toString() {
            return file + ":" + line;
        }
    }

    /** @param root what paths are shown from */
    public Places(Path root, Environment environment) {
        this.root = root.toAbsolutePath().normalize();
        this.environment = environment;
    }

    /** The settings that stand in files of the team's own, not in the jar, as they are spelt there. */
    public Map<String, Place> inFiles() {
        var places = new LinkedHashMap<String, Place>();
        if (environment instanceof ConfigurableEnvironment known) {
            for (var source : known.getPropertySources()) {
                if (source instanceof EnumerablePropertySource<?> listed) {
                    for (String key : listed.getPropertyNames()) {
                        place(OriginLookup.getOrigin(source, key)).ifPresent(place -> places.putIfAbsent(key, place));
                    }
                }
            }
        }
        return places;
    }

    /**
     * Where a setting stands that holds, or the first of those below it; empty when it stands in no file: it is set on the
     * command line or by an environment variable that bears its name, or not at all.
     *
     * @param key in any spelling
     */
    public Optional<Place> of(String key) {
        var name = ConfigurationPropertyName.adapt(key, '.');
        for (var source : ConfigurationPropertySources.get(environment)) {
            var property = source.getConfigurationProperty(name);
            if (property != null) {
                return place(property.getOrigin());
            }
        }
        return inFiles().entrySet().stream()
                .filter(entry -> name.isAncestorOf(ConfigurationPropertyName.adapt(entry.getKey(), '.')))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Where the first setting stands that a text names and that stands somewhere. */
    public Optional<Place> ofFirstIn(String text) {
        return KEY.matcher(text)
                .results()
                .map(MatchResult::group)
                .flatMap(key -> of(key).stream())
                .findFirst();
    }

    private Optional<Place> place(@Nullable Origin origin) {
        var inner = origin instanceof PropertySourceOrigin wrapped ? wrapped.getOrigin() : origin;
        return inner instanceof TextResourceOrigin text ? place(text) : Optional.empty();
    }

    private Optional<Place> place(TextResourceOrigin origin) {
        try {
            if (origin.getResource() == null || !origin.getResource().isFile() || origin.getLocation() == null) {
                return Optional.empty();
            }
            Path file = origin.getResource().getFile().toPath();
            return Optional.of(new Place(shown(file), origin.getLocation().getLine() + 1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A file as it is shown: from the root, where it lies below that. */
    public String shown(Path file) {
        Path whole = root.resolve(file).toAbsolutePath().normalize();
        return (whole.startsWith(root) ? root.relativize(whole) : whole)
                .toString()
                .replace('\\', '/');
    }
}
