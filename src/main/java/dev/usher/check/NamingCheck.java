package dev.usher.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Files, routes and steps are found by the name a reader would guess, and say what they do. */
final class NamingCheck implements Check {

    private static final Pattern VERB_NOUN = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)+");
    private static final Pattern KEBAB = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    @Override
    public List<Finding> findings(Project project) {
        var findings = new ArrayList<Finding>();
        project.yamlIn("routes/", "").stream()
                .filter(file ->
                        !file.path().endsWith(".camel.yaml") && !file.path().endsWith(".kamelet.yaml"))
                .forEach(file -> findings.add(file.finding(
                        0, "Usher does not load this file", "name it *.camel.yaml or *.kamelet.yaml, or move it")));
        project.routeFiles().stream()
                .filter(file -> file.documents().isEmpty())
                .forEach(file -> findings.add(file.finding(0, "the file holds no route", "fill it, or delete it")));
        project.routeFiles().forEach(file -> checkFile(file, Unit.in(file), findings));
        Unit.in(project).forEach(unit -> checkUnit(unit, findings));
        checkUnique(project, findings);
        return findings;
    }

    private static void checkFile(YamlFile file, List<Unit> units, List<Finding> findings) {
        List<Unit> main = units.stream()
                .filter(Unit::isRoute)
                .filter(unit -> !unit.from().startsWith("direct:"))
                .toList();
        main.stream()
                .skip(1)
                .forEach(second -> findings.add(file.finding(
                        second.body().line(),
                        "a second main route, '" + second.id() + "'",
                        "move it to " + second.id() + ".camel.yaml")));
        String id = main.isEmpty()
                ? units.stream().map(Unit::id).findFirst().orElse("")
                : main.get(0).id();
        if (!id.isEmpty() && !id.equals(file.stem())) {
            findings.add(file.finding(
                    0, "the file's main route is '" + id + "'", "name the file " + id + ".camel.yaml, or the route"));
        }
    }

    private static void checkUnit(Unit unit, List<Finding> findings) {
        Pattern form = unit.kind() == Unit.Kind.ROUTE_CONFIGURATION ? KEBAB : VERB_NOUN;
        if (!form.matcher(unit.id()).matches()) {
            findings.add(unit.finding(
                    unit.body().lineOf("id"),
                    "'" + unit.id() + "' is no id in the form verb-noun",
                    "name it for what it does, such as deliver-stripe"));
        }
        if (unit.isRoute()) {
            String description = unit.body().textAt("description");
            if (letters(description).equals(letters(unit.id())) || description.split("\\s+").length < 3) {
                findings.add(unit.finding(
                        unit.body().lineOf("description"),
                        "the description of '" + unit.id() + "' says no more than its id",
                        "say in one sentence what the route brings about"));
            }
        }
        unit.steps().stream()
                .filter(step -> step.body().textAt("id").matches(step.kind().toLowerCase(Locale.ROOT) + "-?\\d+"))
                .forEach(step -> findings.add(unit.finding(
                        step.body().lineOf("id"),
                        "step id '" + step.body().textAt("id") + "' says nothing",
                        "name the step for what it does or where it leads, or remove the id")));
    }

    /** Camel refuses to start when two routes, or two steps of routes, share an id. Those in kamelets are their own. */
    private static void checkUnique(Project project, List<Finding> findings) {
        var seen = new HashMap<String, String>();
        for (Unit unit : Unit.in(project).stream().filter(Unit::isRoute).toList()) {
            unit.body().at("id").ifPresent(id -> checkUnique(unit, id, id.text(), seen, findings));
            String prefix = unit.body().textAt("nodePrefixId");
            unit.steps()
                    .forEach(step -> step.body()
                            .at("id")
                            .ifPresent(id -> checkUnique(unit, id, prefix + id.text(), seen, findings)));
        }
    }

    private static void checkUnique(
            Unit unit, Tree place, String id, Map<String, String> seen, List<Finding> findings) {
        String before = seen.putIfAbsent(id, unit.file().path() + ":" + place.line());
        if (before != null) {
            findings.add(unit.finding(
                    place.line(),
                    "id '" + id + "' is taken by " + before,
                    "give one of them another id, or one route a nodePrefixId"));
        }
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
