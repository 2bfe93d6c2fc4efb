package dev.usher.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A YAML value that knows its line. Asking a value for what it does not hold gives nothing, never an error. */
record Tree(Node node) {

    /** Where the value starts, from 1. */
    int line() {
        return node.getStartMark().getLine() + 1;
    }

    int lastLine() {
        return node.getEndMark().getLine() + 1;
    }

    boolean isMap() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    boolean isScalar() {
        return node instanceof ScalarNode;
    }

    /** The text of a scalar as YAML reads it, without quotes; empty for a map or list. */
    String text() {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    Map<String, Tree> fields() {
        var fields = new LinkedHashMap<String, Tree>();
        if (node instanceof MappingNode map) {
            map.getValue()
                    .forEach(pair -> fields.put(new Tree(pair.getKeyNode()).text(), new Tree(pair.getValueNode())));
        }
        return fields;
    }

    List<Tree> items() {
        return node instanceof SequenceNode list
                ? list.getValue().stream().map(Tree::new).toList()
                : List.of();
    }

    Optional<Tree> at(String... path) {
        Optional<Tree> here = Optional.of(this);
        for (String key : path) {
            here = here.map(tree -> tree.fields().get(key));
        }
        return here;
    }

    /** The text under a path; empty when there is none. */
    String textAt(String... path) {
        return at(path).map(Tree::text).orElse("");
    }

    /** The line of a key of this map; the line of the map when it has no such key. */
    int lineOf(String key) {
        if (node instanceof MappingNode map) {
            for (var pair : map.getValue()) {
                if (new Tree(pair.getKeyNode()).text().equals(key)) {
                    return new Tree(pair.getKeyNode()).line();
                }
            }
        }
        return line();
    }

    /** This value and all below it, from the top down. */
    Stream<Tree> all() {
        var children = new ArrayList<Tree>(items());
        children.addAll(fields().values());
        return Stream.concat(Stream.of(this), children.stream().flatMap(Tree::all));
    }

    /** Every scalar below that is meant for the machine: prose (descriptions, notes, titles) is left out. */
    Stream<Tree> values() {
        if (isScalar()) {
            return Stream.of(this);
        }
        var children = new ArrayList<Tree>(items());
        fields().forEach((key, value) -> {
            if (!Prose.KEYS.contains(key) || !value.isScalar()) {
                children.add(value);
            }
        });
        return children.stream().flatMap(Tree::values);
    }
}
