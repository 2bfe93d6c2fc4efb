package dev.usher.checks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All checks over one project. */
final class Checks {

    private final List<Check> checks;

    /** @param lintRules the yamllint configuration to follow */
    Checks(Path lintRules) {
        checks = List.of(
                Project::unreadable,
                new YamlLintCheck(lintRules),
                new SchemaCheck(),
                new KameletCheck(),
                new KameletUseCheck(),
                new EndpointCheck(),
                new NamingCheck(),
                new ShapeCheck(),
                new PolicyCheck(),
                new BareValueCheck(),
                new PlaceholderCheck(),
                new ReferenceCheck(),
                new JqCheck(),
                new SimpleCheck(),
                new DestinationCheck(),
                new ConfigurationCheck());
    }

    /** Every finding of every check, by file and line. */
    List<Finding> findings(Project project) {
        var findings = new ArrayList<Finding>();
        checks.forEach(check -> findings.addAll(check.findings(project)));
        return findings.stream().distinct().sorted().toList();
    }
}
