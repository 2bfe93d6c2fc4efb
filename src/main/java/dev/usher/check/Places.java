package dev.usher.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/** In which file and line each setting stands, as the configuration was read. */
final class Places {

    private static final Pattern KEY =
            Pattern.compile("\\b(?:usher|spring|camel|server|management)\\.[\\w.\\[\\]-]*\\w");
    private static final Pattern FILE = Pattern.compile("(.+\\.\\w+):(\\d+)");

    private final Path root;
    private final Map<String, Place> byKey = new LinkedHashMap<>();

    /** @param line from 1 */
    record Place(String file, int line) {}

    /** @param root what paths are shown from */
    Places(Path root, ConfigurableEnvironment environment) {
        this.root = root.toAbsolutePath().normalize();
        for (var source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> known) {
                for (String key : known.getPropertyNames()) {
                    if (OriginLookup.getOrigin(source, key) instanceof TextResourceOrigin origin) {
                        place(origin).ifPresent(place -> byKey.putIfAbsent(key, place));
                    }
                }
            }
        }
    }

    /** The settings that stand in files of the team's own, not in the jar. */
    Map<String, Place> inFiles() {
        return byKey;
    }

    /** A finding at a file and line, or about a setting wherever that stands. */
    Finding finding(String where, String what, String mend) {
        var file = FILE.matcher(where);
        if (file.matches()) {
            return new Finding(shown(Path.of(file.group(1))), Integer.parseInt(file.group(2)), what, mend);
        }
        String text = where + ": " + what;
        return KEY.matcher(text)
                .results()
                .flatMap(match -> Optional.ofNullable(byKey.get(match.group())).stream())
                .findFirst()
                .map(place -> new Finding(place.file(), place.line(), text, mend))
                .orElseGet(() -> new Finding(where, 0, what, mend));
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

    private String shown(Path file) {
        Path whole = root.resolve(file).toAbsolutePath().normalize();
        return (whole.startsWith(root) ? root.relativize(whole) : whole)
                .toString()
                .replace('\\', '/');
    }
}
