package dev.usher.startup;

import dev.usher.destination.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.core.env.Environment;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** What is wrong with the files under {@code routes/}, as far as it shows without Camel, each with its file and line. */
final class RoutesCheck {

    private static final Pattern KAMELET = Pattern.compile("^kamelet:([^/?{]+)");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(usher\\.[^}:?]+)}}");
    private static final Set<String> OWN_ENDS = Set.of("source", "sink");
    private static final String QUEUE = "jms:queue:deliver.";

    private final Environment environment;
    private final Path root;
    private final List<Problem> problems = new ArrayList<>();

    private RoutesCheck(Environment environment, Path root) {
        this.environment = environment;
        this.root = root;
    }

    static List<Problem> problems(Environment environment) {
        var root = Path.of(environment.getProperty("usher.routes", "routes"));
        if (!Files.isDirectory(root)) {
            return List.of(new Problem(
                    root.toAbsolutePath().normalize().toString(),
                    "there is no such folder of routes",
                    "start Usher in the folder that holds config/ and routes/, or set usher.routes (USHER_ROUTES)"));
        }
        var check = new RoutesCheck(environment, root);
        check.run();
        return check.problems;
    }

    private void run() {
        List<RouteFile> files =
                paths().stream().flatMap(path -> read(path).stream()).toList();
        if (files.isEmpty() && problems.isEmpty()) {
            problems.add(new Problem(root.toString(), "the folder holds no *.camel.yaml", "put the routes there"));
        }
        Set<String> kamelets =
                files.stream().flatMap(file -> file.kamelet().stream()).collect(Collectors.toSet());
        Map<String, String> places = new HashMap<>();
        for (var file : files) {
            file.routes().forEach(route -> checkRoute(file, route, places));
            checkKamelets(file, kamelets);
            if (!file.path().startsWith(root.resolve("destinations"))) {
                checkPlaceholders(file);
            }
        }
    }

    private List<Path> paths() {
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.toString().matches(".*\\.(camel|kamelet)\\.yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            problems.add(new Problem(root.toString(), "the folder cannot be read", "let the process read it"));
            return List.of();
        }
    }

    private Optional<RouteFile> read(Path path) {
        try {
            return Optional.of(RouteFile.read(path));
        } catch (MarkedYAMLException e) {
            problems.add(YamlProblem.of(path, e));
        } catch (IOException | YAMLException e) {
            problems.add(new Problem(
                    path.toString(),
                    "the file cannot be read as YAML (" + e.getClass().getSimpleName() + ")",
                    "mend it"));
        }
        return Optional.empty();
    }

    private void checkRoute(RouteFile file, RouteFile.Route route, Map<String, String> places) {
        var before = places.putIfAbsent(route.id(), file.place(route));
        if (before != null) {
            problems.add(new Problem(
                    file.place(route), "the route id " + route.id() + " is taken by " + before, "give one another id"));
        }
        if (!route.from().startsWith(QUEUE)) {
            return;
        }
        var destination = route.from().substring(QUEUE.length());
        if (!Files.isDirectory(root.resolve("destinations").resolve(destination))) {
            problems.add(new Problem(
                    file.place(route),
                    "the route takes from the queue deliver." + destination + ", but there is no such destination",
                    "add the folder " + root.resolve("destinations").resolve(destination) + ", or correct the queue"));
        } else if (!route.id().equals("deliver-" + destination)) {
            problems.add(new Problem(
                    file.place(route),
                    "the route takes from the queue deliver." + destination + ", but its id is " + route.id(),
                    "name it deliver-" + destination));
        }
    }

    private void checkKamelets(RouteFile file, Set<String> kamelets) {
        file.scalars().forEach(value -> {
            var use = KAMELET.matcher(value.getValue());
            if (use.find() && !OWN_ENDS.contains(use.group(1)) && !kamelets.contains(use.group(1))) {
                problems.add(new Problem(
                        file.place(value),
                        "there is no kamelet " + use.group(1),
                        "add " + use.group(1) + ".kamelet.yaml, or correct the name"));
            }
        });
    }

    /** Those of destinations are checked with the destination, and only while it is switched on. */
    private void checkPlaceholders(RouteFile file) {
        file.scalars().forEach(value -> {
            var keys = PLACEHOLDER.matcher(value.getValue());
            while (keys.find()) {
                if (!environment.containsProperty(keys.group(1))) {
                    problems.add(new Problem(
                            file.place(value),
                            keys.group(1) + " is not set",
                            "set it in config/, or correct the name"));
                }
            }
        });
    }
}
