package dev.usher.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;

/**
 * Camel's schema of the YAML DSL, narrowed to its canonical form: no step written as a mere string, no language outside
 * {@code expression}. A value that is one whole {@code {{…}}} passes wherever a number, a boolean or a choice is asked
 * for. Without its alternatives the schema also says precisely what is wrong.
 */
final class CanonicalSchema {

    private static final String SOURCE = "/schema/camelYamlDsl.json";
    private static final Set<String> TYPED = Set.of("boolean", "number", "integer");

    private CanonicalSchema() {}

    static JsonSchema load() {
        try (InputStream in = CanonicalSchema.class.getResourceAsStream(SOURCE)) {
            JsonNode schema = new ObjectMapper()
                    .readTree(Objects.requireNonNull(in, SOURCE + " is not on the class path: add camel-yaml-dsl"));
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(narrow(schema));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + SOURCE, e);
        }
    }

    private static JsonNode narrow(JsonNode node) {
        if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, narrow(list.get(i)));
            }
            return list;
        }
        if (!(node instanceof ObjectNode map)) {
            return node;
        }
        if (map.path("deprecated").isBoolean()) {
            map.remove("deprecated"); // not a keyword of this draft
        }
        dropShorthand(map);
        mergeAlternatives(map);
        map.fieldNames().forEachRemaining(name -> map.set(name, narrow(map.get(name))));
        return isTyped(map) ? orPlaceholder(map) : map;
    }

    /** {@code oneOf: [string, object]} becomes the object. */
    private static void dropShorthand(ObjectNode map) {
        JsonNode either = map.path("oneOf");
        if (either.size() == 2
                && either.get(0).path("type").asText().equals("string")
                && either.get(1).path("type").asText().equals("object")) {
            map.remove("oneOf");
            map.setAll((ObjectNode) either.get(1));
        }
    }

    /** {@code anyOf: [{oneOf: […]}]}, one way to write each property, becomes plain properties. */
    private static void mergeAlternatives(ObjectNode map) {
        JsonNode alternatives = map.path("anyOf");
        if (!map.has("properties") || alternatives.findValue("oneOf") == null) {
            return;
        }
        var properties = (ObjectNode) map.get("properties");
        for (JsonNode group : alternatives) {
            for (JsonNode way : group.path("oneOf")) {
                if (way.path("properties") instanceof ObjectNode more) {
                    properties.setAll(more);
                }
            }
        }
        map.remove("anyOf");
        properties.properties().removeIf(property -> property.getValue().isEmpty());
    }

    private static boolean isTyped(ObjectNode schema) {
        String type = schema.path("type").asText();
        return TYPED.contains(type) || type.equals("string") && schema.has("enum");
    }

    private static JsonNode orPlaceholder(ObjectNode schema) {
        ObjectNode either = JsonNodeFactory.instance.objectNode();
        ArrayNode ways = either.putArray("anyOf");
        ways.add(schema);
        ways.addObject().put("type", "string").put("pattern", "^\\{\\{.+\\}\\}$");
        return either;
    }
}
