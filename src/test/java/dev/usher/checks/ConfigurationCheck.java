package dev.usher.checks;

import java.util.ArrayList;
import java.util.List;

/** Every setting says what it means, and no secret stands in a file. */
final class ConfigurationCheck implements Check {

    @Override
    public List<Finding> findings(Project project) {
        var findings = new ArrayList<Finding>();
        for (YamlFile file : project.yamlIn("config/", ".yaml")) {
            boolean isSandbox = file.name().contains("sandbox");
            for (var setting : Settings.of(file).byKey().values()) {
                if (setting.key().startsWith("usher.")
                        && !isSandbox
                        && Comments.above(file, setting).isEmpty()) {
                    findings.add(file.finding(
                            setting.line(),
                            "no comment says what " + setting.key() + " means",
                            "say above it what it does, its unit and its range"));
                }
                String value = setting.value().text();
                if (Settings.isSecret(setting.key()) && !isSandbox && !isFromOutside(value)) {
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
