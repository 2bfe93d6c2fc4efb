package dev.usher.check;

import java.util.ArrayList;
import java.util.List;

/** Every setting that Usher ships says what it means: the reference of the configuration is made from it. */
final class CommentCheck implements Check {

    @Override
    public List<Finding> findings(Project project) {
        var findings = new ArrayList<Finding>();
        for (YamlFile file : project.yamlIn("config/", ".yaml")) {
            if (file.name().contains("sandbox")) {
                continue;
            }
            for (var setting : Settings.of(file).byKey().values()) {
                if (setting.key().startsWith("usher.")
                        && Comments.above(file, setting).isEmpty()) {
                    findings.add(file.finding(
                            setting.line(),
                            "no comment says what " + setting.key() + " means",
                            "say above it what it does, its unit and its range"));
                }
            }
        }
        return findings;
    }
}
