package dev.usher.check;

import dev.usher.setting.Beans;
import java.util.ArrayList;
import java.util.List;

/** The checks of everything that stands in a file, over one project. */
final class Checks {

    private final List<Check> checks = List.of(
            Project::unreadable,
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
            new BeanCheck(Beans.methods()),
            new JqCheck(),
            new SimpleCheck(),
            new SqlCheck(),
            new DestinationCheck(),
            new SecretCheck());

    /** Every finding of every check, by file and line. */
    List<Finding> findings(Project project) {
        var findings = new ArrayList<Finding>();
        checks.forEach(check -> findings.addAll(check.findings(project)));
        return findings.stream().distinct().sorted().toList();
    }
}
