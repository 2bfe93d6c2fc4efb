package dev.usher.check;

import dev.usher.startup.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A kamelet says who it is, what it needs and what it does. */
final class KameletCheck implements Check {

    private static final Set<String> TYPES = Set.of("string", "integer", "number", "boolean");

    @Override
    public List<Finding> findings(Project project) {
        var findings = new ArrayList<Finding>();
        project.kamelets()
                .forEach(file -> file.documents().stream()
                        .findFirst()
                        .ifPresentOrElse(
                                document -> check(file, document, findings),
                                () -> findings.add(
                                        file.finding(0, "the kamelet is empty", "fill it, or delete the file"))));
        return findings;
    }

    private static void check(YamlFile file, Tree document, List<Finding> findings) {
        if (!document.textAt("kind").equals("Kamelet")) {
            findings.add(file.finding(document.lineOf("kind"), "kind is not Kamelet", "write kind: Kamelet"));
        }
        if (!document.textAt("metadata", "name").equals(file.stem())) {
            int line = document.at("metadata").map(it -> it.lineOf("name")).orElse(document.line());
            findings.add(file.finding(
                    line, "metadata.name is not the file's name", "write metadata: {name: " + file.stem() + "}"));
        }
        Tree definition = document.at("spec", "definition").orElse(document);
        for (String key : List.of("title", "description")) {
            if (definition.textAt(key).isBlank()) {
                findings.add(file.finding(
                        definition.line(), "spec.definition has no " + key, "say in a sentence what the kamelet does"));
            }
        }
        var properties = definition.at("properties").map(Tree::fields).orElse(Map.of());
        properties.forEach((name, property) -> checkProperty(file, definition, name, property, findings));
        definition
                .at("required")
                .ifPresent(required -> required.items().stream()
                        .filter(item -> !properties.containsKey(item.text()))
                        .forEach(item -> findings.add(file.finding(
                                item.line(),
                                "'" + item.text() + "' is required but no property",
                                "add the property"))));
        if (document.at("spec", "template")
                .flatMap(it -> it.at("route").orElse(it).at("from"))
                .isEmpty()) {
            findings.add(file.finding(document.line(), "spec.template has no from", "add spec: {template: {from: …}}"));
        }
    }

    private static void checkProperty(
            YamlFile file, Tree definition, String name, Tree property, List<Finding> findings) {
        int line = definition.at("properties").orElseThrow().lineOf(name);
        for (String key : List.of("title", "description", "type")) {
            if (property.textAt(key).isBlank()) {
                findings.add(file.finding(line, "property '" + name + "' has no " + key, "add " + key));
            }
        }
        String type = property.textAt("type");
        if (!type.isBlank() && !TYPES.contains(type)) {
            findings.add(file.finding(property.lineOf("type"), "'" + type + "' is no type", "use one of " + TYPES));
        }
        if (Secrets.isSecret(name) && !property.textAt("format").equals("password")) {
            findings.add(file.finding(line, "secret '" + name + "' is not marked", "add format: password"));
        }
        if (Secrets.isSecret(name) && property.at("default").isPresent()) {
            findings.add(file.finding(line, "secret '" + name + "' has a default", "remove the default"));
        }
    }
}
