package dev.usher.check;

import java.util.ArrayList;
import java.util.List;

/** A destination is a folder with its route, its mapping and, where scenarios were brought along, its scenarios. */
final class DestinationCheck implements Check {

    private static final String FOLDER = "routes/destinations/";

    @Override
    public List<Finding> findings(Project project) {
        var findings = new ArrayList<Finding>();
        for (String name : project.foldersIn(FOLDER)) {
            String folder = FOLDER + name;
            String route = folder + "/deliver-" + name + ".camel.yaml";
            if (!project.files().contains(route)) {
                findings.add(new Finding(folder, 0, "the destination has no route", "add " + route));
            }
            if (project.filesIn(folder + "/", ".jq").isEmpty()) {
                findings.add(new Finding(folder, 0, "the destination has no mapping", "add a .jq file"));
            }
            String all = project.scenarios();
            String scenarios = all + name + "/";
            if (all != null && project.filesIn(scenarios, ".yaml").isEmpty()) {
                findings.add(new Finding(
                        folder,
                        0,
                        "the destination has no scenario",
                        "add one to " + scenarios + ", for example of a create"));
            }
        }
        return findings;
    }
}
