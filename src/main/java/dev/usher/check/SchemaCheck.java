package dev.usher.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;

/** Routes, route configurations and the templates of kamelets hold only what Camel's YAML DSL knows, in canonical form. */
final class SchemaCheck implements Check {

    private static final Set<String> LANGUAGES = Set.of("simple", "jq", "constant", "jsonpath", "xpath", "groovy");

    /** What the schema says beside the fault itself: that no alternative fits, or that the value is no placeholder. */
    private static final Set<String> ALTERNATIVES = Set.of("anyOf", "pattern");

    /** What only sums up a fault further below. */
    private static final Set<String> SUMMARIES = Set.of("oneOf", "allOf", "not");

    private final JsonSchema schema = CanonicalSchema.load();

    @Override
    public List<Finding> findings(Project project) {
        var findings = new ArrayList<Finding>();
        for (YamlFile file : project.routeFiles()) {
            for (Tree document : file.documents()) {
                findings.addAll(findings(file, document, Json.of(document), 0));
            }
        }
        for (YamlFile file : project.kamelets()) {
            Unit.kamelet(file).ifPresent(kamelet -> {
                ArrayNode asRoutes = JsonNodeFactory.instance.arrayNode();
                asRoutes.addObject().set("route", route(Json.of(kamelet.body())));
                findings.addAll(findings(file, kamelet.body(), asRoutes, 2));
            });
        }
        return findings;
    }

    /** The template of a kamelet may hold beans beside the route. */
    private static JsonNode route(JsonNode template) {
        if (template instanceof ObjectNode map) {
            map.remove("beans");
        }
        return template;
    }

    private List<Finding> findings(YamlFile file, Tree tree, JsonNode json, int skipped) {
        List<ValidationMessage> messages = schema.validate(json).stream()
                .filter(message -> !ALTERNATIVES.contains(message.getType()))
                .toList();
        return messages.stream()
                .filter(message -> messages.stream().noneMatch(other -> isBelow(other, message)))
                .map(message -> finding(file, tree, message, skipped))
                .distinct()
                .toList();
    }

    private static boolean isBelow(ValidationMessage other, ValidationMessage message) {
        return SUMMARIES.contains(message.getType())
                && other.getInstanceLocation().getNameCount()
                        > message.getInstanceLocation().getNameCount()
                && other.getInstanceLocation().startsWith(message.getInstanceLocation());
    }

    private static Finding finding(YamlFile file, Tree tree, ValidationMessage message, int skipped) {
        Tree place = tree;
        int line = tree.line();
        JsonNodePath path = message.getInstanceLocation();
        for (int i = skipped; i < path.getNameCount(); i++) {
            if (place.isList()) {
                place = place.items().get(Integer.parseInt(path.getElement(i).toString()));
                line = place.line();
            } else {
                String key = path.getElement(i).toString();
                line = place.lineOf(key);
                place = place.at(key).orElse(place);
            }
        }
        String property = message.getProperty();
        String last = path.getNameCount() == 0 ? "the file" : name(path.getElement(-1));
        return switch (message.getType()) {
            case "additionalProperties" ->
                file.finding(place.lineOf(property), last + " knows no '" + property + "'", unknown(last, property));
            case "required" -> file.finding(line, last + " needs '" + property + "'", "add " + property);
            case "type" ->
                file.finding(
                        line,
                        last + ": " + message.getError(),
                        place.isScalar() && message.getError().contains("object expected")
                                ? "write the canonical form: a map with its keys, such as uri, message or expression"
                                : "write numbers and booleans unquoted, or one whole {{…}}");
            default -> file.finding(line, last + ": " + message.getError(), "correct the value");
        };
    }

    private static String name(Object element) {
        return element instanceof Integer ? "a step" : element.toString();
    }

    private static String unknown(String owner, String property) {
        if (LANGUAGES.contains(property)) {
            return "write the canonical form: expression: {" + property + ": {expression: …}}";
        }
        return property.equals("expression")
                ? "write the language directly below: " + owner + ": {simple: {expression: …}}"
                : "correct the name, or remove it";
    }

    /** YAML as JSON, with YAML's own types. */
    private static final class Json extends SafeConstructor {

        private Json() {
            super(new LoaderOptions());
        }

        static JsonNode of(Tree tree) {
            return new ObjectMapper().valueToTree(new Json().build(tree.node()));
        }

        private Object build(Node node) {
            return constructDocument(node);
        }
    }
}
