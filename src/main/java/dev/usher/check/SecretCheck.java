package dev.usher.check;

import dev.usher.startup.Secrets;
import java.util.ArrayList;
import java.util.List;

/** No secret stands in a file. */
final class SecretCheck implements Check {

    @Override
    public List<Finding> findings(Project project) {
        var findings = new ArrayList<Finding>();
        for (YamlFile file : project.yamlIn("config/", ".yaml")) {
            if (file.name().contains("sandbox")) {
                continue; // what stands there opens nothing
            }
            for (var setting : Settings.of(file).byKey().values()) {
                if (Secrets.isSecret(setting.key())
                        && !isFromOutside(setting.value().text())) {
                    findings.add(file.finding(
                            setting.line(),
                            "the secret " + setting.key() + " stands in the file",
                            "write ${AN_ENVIRONMENT_VARIABLE:} or {{azure:its-name}}"));
                }
            }
        }
        return findings;
    }

    private static boolean isFromOutside(String value) {
        return value.isBlank() || value.matches("\\$\\{[^:}]+:?}") || value.matches("\\{\\{[^}]+}}");
    }
}
