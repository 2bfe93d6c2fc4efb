package dev.usher.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A piece of a YAML file that knows where it stands.
 *
 * @param file as it is shown in messages
 * @param key the keys that lead here, joined by dots; empty for the whole file
 */
record Located(String file, String key, Node node) {

    /** Reads a file. @throws Mistake when it is no YAML, or empty */
    static Located read(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            var node = new Yaml(new LoaderOptions()).compose(reader);
            if (node == null) {
                throw new Mistake(file.toString(), "the file is empty");
            }
            return new Located(file.toString(), "", node);
        } catch (MarkedYAMLException e) {
            var line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new Mistake(file + ":" + line, "this is no YAML: " + e.getProblem());
        }
    }

    String where() {
        return file + ":" + (node.getStartMark().getLine() + 1);
    }

    Mistake wrong(String what) {
        return new Mistake(where(), key.isEmpty() ? what : key + ": " + what);
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    boolean is(String word) {
        return node instanceof ScalarNode scalar && scalar.getValue().equals(word);
    }

    /** The members by key, in order. @throws Mistake for a key that is not known, stands twice, or when this is no mapping */
    Map<String, Located> members(String... known) {
        var members = entries();
        members.forEach((name, member) -> {
            if (!List.of(known).contains(name)) {
                throw new Mistake(
                        member.where(),
                        (key.isEmpty() ? "" : key + ": ") + "unknown key \"" + name + "\"; known are "
                                + String.join(", ", known));
            }
        });
        return members;
    }

    /** The members by key, whatever they are called. */
    Map<String, Located> entries() {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong("must be a mapping (key: value)");
        }
        var members = new LinkedHashMap<String, Located>();
        for (var tuple : mapping.getValue()) {
            var name = ((ScalarNode) tuple.getKeyNode()).getValue();
            var member = new Located(file, key.isEmpty() ? name : key + "." + name, tuple.getValueNode());
            if (members.put(name, member) != null) {
                throw member.wrong("stands there twice");
            }
        }
        return members;
    }

    List<Located> items() {
        if (!(node instanceof SequenceNode sequence)) {
            throw wrong("must be a list (- item)");
        }
        var items = new ArrayList<Located>();
        for (var item : sequence.getValue()) {
            items.add(new Located(file, key + "[" + items.size() + "]", item));
        }
        return items;
    }

    /** The items of a list; a single text counts as a list of one. */
    List<Located> oneOrMore() {
        return isList() ? items() : List.of(this);
    }

    String text() {
        if (!(node instanceof ScalarNode scalar) || scalar.getTag() == Tag.NULL) {
            throw wrong("must be a text");
        }
        return scalar.getValue();
    }

    int number() {
        try {
            return Integer.parseInt(text());
        } catch (NumberFormatException e) {
            throw wrong("must be a whole number");
        }
    }

    JsonNode json() {
        if (node instanceof MappingNode) {
            var object = JsonNodeFactory.instance.objectNode();
            entries().forEach((name, member) -> object.set(name, member.json()));
            return object;
        }
        if (node instanceof SequenceNode) {
            var array = JsonNodeFactory.instance.arrayNode();
            items().forEach(item -> array.add(item.json()));
            return array;
        }
        var scalar = (ScalarNode) node;
        var value = scalar.getValue();
        if (scalar.getTag().equals(Tag.NULL)) {
            return JsonNodeFactory.instance.nullNode();
        }
        if (scalar.getTag().equals(Tag.BOOL)) {
            return JsonNodeFactory.instance.booleanNode(value.equalsIgnoreCase("true"));
        }
        if (scalar.getTag().equals(Tag.INT)) {
            return JsonNodeFactory.instance.numberNode(Long.parseLong(value));
        }
        if (scalar.getTag().equals(Tag.FLOAT)) {
            return JsonNodeFactory.instance.numberNode(Double.parseDouble(value));
        }
        return JsonNodeFactory.instance.textNode(value);
    }
}
