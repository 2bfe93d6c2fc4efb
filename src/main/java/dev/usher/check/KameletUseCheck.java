package dev.usher.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whoever calls a kamelet gives it what it needs, and nothing it does not know. */
final class KameletUseCheck implements Check {

    @Override
    public List<Finding> findings(Project project) {
        var definitions = new HashMap<String, Tree>();
        project.kamelets()
                .forEach(file -> file.documents()
                        .forEach(document -> document.at("spec", "definition")
                                .ifPresent(definition ->
                                        definitions.put(document.textAt("metadata", "name"), definition))));
        var findings = new ArrayList<Finding>();
        for (Unit unit : Unit.in(project)) {
            unit.endpoints().stream()
                    .filter(endpoint -> endpoint.scheme().equals("kamelet"))
                    .filter(endpoint -> !List.of("source", "sink").contains(name(endpoint)))
                    .forEach(endpoint -> check(unit, endpoint, definitions, findings));
        }
        return findings;
    }

    private static void check(Unit unit, Endpoint endpoint, Map<String, Tree> definitions, List<Finding> findings) {
        String name = name(endpoint);
        Tree definition = definitions.get(name);
        if (name.contains("{{") || name.contains("${")) {
            return; // which kamelet it is, is only known at run time
        }
        if (definition == null) {
            findings.add(unit.finding(
                    endpoint.line(),
                    "no kamelet '" + name + "'",
                    "correct the name, or add " + name + ".kamelet.yaml"));
            return;
        }
        Map<String, Tree> known = definition.at("properties").map(Tree::fields).orElse(Map.of());
        endpoint.parameters().keySet().stream()
                .filter(parameter -> !known.containsKey(parameter))
                .forEach(parameter -> findings.add(unit.finding(
                        endpoint.lineOf(parameter),
                        "kamelet '" + name + "' knows no '" + parameter + "'",
                        "use one of " + known.keySet())));
        definition
                .at("required")
                .ifPresent(required -> required.items().stream()
                        .map(Tree::text)
                        .filter(needed -> !endpoint.parameters().containsKey(needed))
                        .filter(needed -> known.containsKey(needed)
                                && known.get(needed).at("default").isEmpty())
                        .forEach(needed -> findings.add(unit.finding(
                                endpoint.line(),
                                "kamelet '" + name + "' needs '" + needed + "'",
                                "add it to parameters"))));
    }

    private static String name(Endpoint endpoint) {
        return endpoint.uri().replaceFirst("^kamelet:", "").replaceFirst("[/?].*", "");
    }
}
