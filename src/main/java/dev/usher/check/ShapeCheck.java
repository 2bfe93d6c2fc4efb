package dev.usher.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Routes are short, flat, in one order of keys, and made of parts that Kaoto edits and a reload survives. */
final class ShapeCheck implements Check {

    private static final int LONGEST = 60;
    private static final List<String> ROUTE_ORDER = List.of("id", "description", "routeConfigurationId", "from");
    private static final List<String> STEP_ORDER = List.of("id", "description");
    private static final Map<String, String> REFUSED = Map.of(
            "routeTemplate", "write a kamelet: Kaoto cannot edit templates, and a reload loses them",
            "templatedRoute", "call a kamelet: Kaoto cannot edit templates, and a reload loses them",
            "circuitBreaker",
                    "let the route's policy pause its consumers: an open breaker counts messages as delivered",
            "groovy", "use a jq file, Simple, or a bean with a unit test");

    @Override
    public List<Finding> findings(Project project) {
        var findings = new ArrayList<Finding>();
        for (YamlFile file : project.routeFiles()) {
            long lines = file.text().lines().count();
            if (lines > LONGEST) {
                findings.add(file.finding(
                        LONGEST + 1,
                        "the file has " + lines + " lines, more than " + LONGEST,
                        "move a part to a kamelet or a direct: route, or add a waiver with its reason"));
            }
            file.documents().forEach(document -> refuse(file, document, findings));
        }
        project.kamelets().forEach(file -> file.documents().forEach(document -> refuse(file, document, findings)));
        Unit.in(project).forEach(unit -> check(unit, findings));
        return findings;
    }

    private static void refuse(YamlFile file, Tree document, List<Finding> findings) {
        document.all()
                .forEach(tree -> tree.fields().keySet().forEach(key -> {
                    String mend = REFUSED.get(key);
                    if (mend != null) {
                        findings.add(file.finding(tree.lineOf(key), "'" + key + "' is not used here", mend));
                    }
                }));
    }

    private static void check(Unit unit, List<Finding> findings) {
        checkOrder(unit, unit.body(), ROUTE_ORDER, findings);
        for (Step step : unit.steps()) {
            checkOrder(unit, step.body(), STEP_ORDER, findings);
            if (step.kind().equals("choice")) {
                checkOrder(unit, step.body(), List.of("when", "otherwise"), findings);
                if (step.isInside("choice")) {
                    findings.add(unit.finding(
                            step.line(),
                            "a choice within a choice",
                            "move the inner one to a kamelet or a direct: route, or decide in jq or a bean"));
                }
            }
        }
        for (Endpoint endpoint : unit.endpoints()) {
            if (endpoint.uri().contains("?")) {
                findings.add(unit.finding(
                        endpoint.line(),
                        "parameters are glued to " + endpoint.uri(),
                        "write them under parameters:, one a line"));
            }
        }
    }

    private static void checkOrder(Unit unit, Tree map, List<String> order, List<Finding> findings) {
        List<String> keys = List.copyOf(map.fields().keySet());
        List<String> wanted = order.stream().filter(keys::contains).toList();
        List<String> found = keys.stream().filter(Set.copyOf(order)::contains).toList();
        boolean idLater = keys.indexOf("id") > 0 && order.contains("id");
        if (!wanted.equals(found) || idLater) {
            findings.add(unit.finding(
                    map.lineOf(found.get(0)),
                    "keys stand in the order " + keys,
                    "write " + String.join(", ", wanted) + " in that order, id first"));
        }
    }
}
