package dev.usher.check;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.jspecify.annotations.Nullable;

/**
 * Every address is one its component knows, with its parameters. Options that {@code http} would silently send to the
 * vendor as query parameters are refused. Kamelets have their own parameters, see {@link KameletUseCheck}.
 */
final class EndpointCheck implements Check {

    private static final Set<String> NOT_IN_CATALOG = Set.of("kamelet");

    private final CamelCatalog catalog = new DefaultCamelCatalog(true);

    @Override
    public List<Finding> findings(Project project) {
        var findings = new ArrayList<Finding>();
        for (Unit unit : Unit.in(project)) {
            for (Endpoint endpoint : unit.endpoints()) {
                if (!NOT_IN_CATALOG.contains(endpoint.scheme())) {
                    findings.addAll(findings(unit, endpoint));
                }
            }
        }
        return findings;
    }

    private List<Finding> findings(Unit unit, Endpoint endpoint) {
        EndpointValidationResult result = catalog.validateEndpointProperties(asUri(endpoint), true);
        var findings = new ArrayList<Finding>();
        if (result.getUnknownComponent() != null || result.getIncapable() != null || result.getSyntaxError() != null) {
            findings.add(unit.finding(
                    endpoint.line(),
                    "no component understands " + endpoint.uri(),
                    "correct the part before the colon"));
        }
        orEmpty(result.getUnknown())
                .forEach(name -> findings.add(unit.finding(
                        endpoint.lineOf(name),
                        "'" + name + "' is no option of " + endpoint.scheme(),
                        "correct the name, or set what the vendor must get as a header or in the path")));
        orEmpty(result.getRequired())
                .forEach(name -> findings.add(unit.finding(
                        endpoint.line(), endpoint.scheme() + " needs '" + name + "'", "add it to parameters")));
        Set<String> wrong = wrongValues(result);
        endpoint.parameters().forEach((name, value) -> {
            if (wrong.contains(name)) {
                findings.add(unit.finding(
                        endpoint.lineOf(name),
                        "'" + name + "' of " + endpoint.scheme() + " cannot be '" + value.text() + "'",
                        "see the option's type in the Camel catalog; a setting is one whole {{…}}"));
            }
        });
        return findings;
    }

    /** Names of the options whose value is of the wrong kind; the catalog keeps one map for each kind, or null. */
    private static Set<String> wrongValues(EndpointValidationResult result) {
        return Stream.of(
                        result.getInvalidBoolean(),
                        result.getInvalidInteger(),
                        result.getInvalidNumber(),
                        result.getInvalidDuration(),
                        result.getInvalidEnum(),
                        result.getInvalidReference())
                .filter(Objects::nonNull)
                .flatMap(values -> values.keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> orEmpty(@Nullable Set<String> names) {
        return names == null ? Set.of() : names;
    }

    private static String asUri(Endpoint endpoint) {
        String base = endpoint.uri();
        if (base.startsWith("{{") || base.startsWith("${")) {
            base = "https:vendor";
        }
        String query = endpoint.parameters().entrySet().stream()
                .map(parameter -> encoded(parameter.getKey()) + "="
                        + encoded(parameter.getValue().text()))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? base : base + (base.contains("?") ? "&" : "?") + query;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
