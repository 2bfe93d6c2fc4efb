package dev.usher.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something Camel runs: a route, a route configuration, or the template of a kamelet.
 *
 * @param body the map that holds {@code from} (for a route configuration: its own map)
 */
record Unit(YamlFile file, Kind kind, String id, Tree body) {

    enum Kind {
        ROUTE,
        ROUTE_CONFIGURATION,
        KAMELET
    }

    static List<Unit> in(Project project) {
        return Stream.concat(
                        project.routeFiles().stream().flatMap(file -> in(file).stream()),
                        project.kamelets().stream().flatMap(file -> kamelet(file).stream()))
                .toList();
    }

    /** The routes and route configurations of one file, in its order. */
    static List<Unit> in(YamlFile file) {
        var units = new ArrayList<Unit>();
        for (Tree entry : file.entries()) {
            entry.at("route").ifPresent(body -> units.add(new Unit(file, Kind.ROUTE, body.textAt("id"), body)));
            entry.at("routeConfiguration")
                    .ifPresent(body -> units.add(new Unit(file, Kind.ROUTE_CONFIGURATION, body.textAt("id"), body)));
        }
        return units;
    }

    static Optional<Unit> kamelet(YamlFile file) {
        return file.documents().stream()
                .findFirst()
                .flatMap(document -> document.at("spec", "template")
                        .map(template -> template.at("route").orElse(template))
                        .map(body -> new Unit(file, Kind.KAMELET, document.textAt("metadata", "name"), body)));
    }

    boolean isRoute() {
        return kind == Kind.ROUTE;
    }

    /** Where messages come from, such as {@code jms:queue:deliver.stripe}; empty for a route configuration. */
    String from() {
        return body.textAt("from", "uri");
    }

    List<Step> steps() {
        return Step.in(body);
    }

    List<Endpoint> endpoints() {
        return body.all().flatMap(tree -> Endpoint.of(tree).stream()).toList();
    }

    Finding finding(int line, String message, String mend) {
        return file.finding(line, message, mend);
    }
}
