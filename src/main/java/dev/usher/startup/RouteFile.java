package dev.usher.startup;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A YAML file under {@code routes/}, as text with the line of every value.
 *
 * @param scalars every value and key that is text, in the order of the file
 * @param routes the ids of its routes, each with where it takes its messages from
 * @param kamelet the name of the kamelet it defines, when it does
 */
record RouteFile(Path path, List<ScalarNode> scalars, List<Route> routes, Optional<String> kamelet) {

    /** @param line of the id, counted from 1 */
    record Route(String id, int line, String from) {}

    /**
     * Reads a file.
     *
     * @throws org.yaml.snakeyaml.error.YAMLException when it is no YAML
     */
    static RouteFile read(Path path) throws IOException {
        var scalars = new ArrayList<ScalarNode>();
        var routes = new ArrayList<Route>();
        var kamelet = Optional.<String>empty();
        var text = Files.readString(path);
        for (var document : new Yaml(new LoaderOptions()).composeAll(new StringReader(text))) {
            walk(document, node -> {
                if (node instanceof ScalarNode scalar) {
                    scalars.add(scalar);
                }
            });
            elements(document)
                    .forEach(element -> child(element, "route")
                            .ifPresent(route -> child(route, "id")
                                    .ifPresent(id -> routes.add(new Route(
                                            text(id),
                                            line(id),
                                            child(route, "from")
                                                    .flatMap(from -> child(from, "uri"))
                                                    .map(RouteFile::text)
                                                    .orElse(""))))));
            kamelet = child(document, "metadata")
                    .flatMap(data -> child(data, "name"))
                    .map(RouteFile::text);
        }
        return new RouteFile(path, scalars, routes, kamelet);
    }

    /** The place of a value, as {@code file:line}. */
    String place(Node node) {
        return path + ":" + line(node);
    }

    String place(Route route) {
        return path + ":" + route.line();
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static List<Node> elements(Node node) {
        return node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
    }

    private static Optional<Node> child(Node node, String key) {
        if (node instanceof MappingNode mapping) {
            return mapping.getValue().stream()
                    .filter(tuple -> text(tuple.getKeyNode()).equals(key))
                    .map(tuple -> (Node) tuple.getValueNode())
                    .findFirst();
        }
        return Optional.empty();
    }

    private static void walk(Node node, Consumer<Node> visitor) {
        visitor.accept(node);
        elements(node).forEach(element -> walk(element, visitor));
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> walk(tuple.getValueNode(), visitor));
        }
    }
}
