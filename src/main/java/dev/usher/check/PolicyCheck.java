package dev.usher.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A failure always ends in the one policy: consumers name it, and what they call leaves failures to them. */
final class PolicyCheck implements Check {

    private static final Set<String> SETS_HEADERS = Set.of("setHeader", "setHeaders");

    @Override
    public List<Finding> findings(Project project) {
        var findings = new ArrayList<Finding>();
        List<Unit> units = Unit.in(project);
        Set<String> policies = units.stream()
                .filter(unit -> unit.kind() == Unit.Kind.ROUTE_CONFIGURATION)
                .map(Unit::id)
                .collect(Collectors.toSet());
        units.stream().filter(Unit::isRoute).forEach(route -> checkPolicy(route, policies, findings));
        units.forEach(unit -> checkHeaders(unit, findings));
        return findings;
    }

    private static void checkPolicy(Unit route, Set<String> policies, List<Finding> findings) {
        Tree body = route.body();
        String policy = body.textAt("routeConfigurationId");
        if (!policy.isEmpty() && !policies.contains(policy)) {
            findings.add(route.finding(
                    body.lineOf("routeConfigurationId"),
                    "no routeConfiguration '" + policy + "'",
                    "use one of " + policies.stream().sorted().toList()));
        }
        if (policy.isEmpty() && route.from().startsWith("jms:")) {
            findings.add(route.finding(
                    body.line(),
                    "'" + route.id() + "' takes from a queue but names no routeConfigurationId",
                    "add routeConfigurationId: one of "
                            + policies.stream().sorted().toList()));
        }
        boolean leavesFailures = body.at("errorHandler", "noErrorHandler").isPresent();
        if (route.from().startsWith("direct:") && !leavesFailures) {
            findings.add(route.finding(
                    body.lineOf("from"),
                    "'" + route.id() + "' is called by direct: but handles failures itself",
                    "add errorHandler: {noErrorHandler: {}}, so that the caller's policy sees them"));
        }
    }

    /** What came in with the message, a caller's query parameters among it, must not reach the vendor. */
    private static void checkHeaders(Unit unit, List<Finding> findings) {
        boolean clean = false;
        for (Step step : unit.steps()) {
            clean |= step.kind().equals("removeHeaders")
                    && step.body().textAt("pattern").equals("*");
            boolean calls = Endpoint.of(step.body()).filter(Endpoint::isHttp).isPresent();
            boolean setsInKamelet = unit.kind() == Unit.Kind.KAMELET
                    && SETS_HEADERS.contains(step.kind())
                    && unit.endpoints().stream().anyMatch(Endpoint::isHttp);
            if (!clean && (calls || setsInKamelet)) {
                findings.add(unit.finding(
                        step.line(),
                        "headers of the message reach the vendor",
                        "begin with removeHeaders: {pattern: \"*\"}, then set what the call needs"));
                return;
            }
        }
    }
}
