package dev.usher.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.error.YAMLException;

/** Where in the route files something stands, for failures that do not say so. */
final class RoutePlaces {

    private final Path root;

    RoutePlaces(Path root) {
        this.root = root;
    }

    /** {@code file:line} of a route's id. */
    Optional<String> ofRoute(String id) {
        return files().flatMap(file -> file.routes().stream()
                        .filter(route -> route.id().equals(id))
                        .map(file::place))
                .findFirst();
    }

    /** {@code file:line} of the first value that is this text. */
    Optional<String> ofValue(String text) {
        return files().flatMap(file -> file.scalars().stream()
                        .filter(value -> value.getValue().equals(text))
                        .map(file::place))
                .findFirst();
    }

    private Stream<RouteFile> files() {
        try (var files = Files.walk(root)) {
            List<Path> paths = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            return paths.stream().flatMap(RoutePlaces::read);
        } catch (IOException e) {
            return Stream.of();
        }
    }

    private static Stream<RouteFile> read(Path path) {
        try {
            return Stream.of(RouteFile.read(path));
        } catch (IOException | YAMLException e) {
            return Stream.of();
        }
    }
}
