package dev.usher.check;

import dev.usher.startup.Rehearsal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;

/**
 * Everything that can be said of a folder with {@code config/} and {@code routes/} before it is deployed: first of its
 * files and settings, all at once; when nothing is wrong with them, of the start, which is rehearsed.
 */
public final class Inspection {

    private final Path root;
    private final List<String> arguments;

    /**
     * @param root the working directory, which holds {@code config/} and {@code routes/}
     * @param arguments as the start takes them, such as {@code --spring.profiles.active=sandbox}
     */
    public Inspection(Path root, List<String> arguments) {
        this.root = root;
        this.arguments = List.copyOf(arguments);
    }

    /** What is to be mended, by file and line; empty when Usher would start. */
    public List<Finding> findings() {
        Project project = Project.read(root);
        List<Finding> inFiles = new Checks().findings(project);
        if (!project.unreadable().isEmpty()) {
            return inFiles;
        }
        ConfigurableEnvironment environment;
        try {
            environment = Rehearsal.environment(arguments);
        } catch (RuntimeException unreadable) {
            return joined(inFiles, new SettingCheck(root, new StandardEnvironment()).of(unreadable));
        }
        var settings = new SettingCheck(root, environment);
        List<Finding> findings = joined(inFiles, settings.findings());
        return findings.isEmpty() ? rehearsed(settings) : findings;
    }

    private List<Finding> rehearsed(SettingCheck settings) {
        try (var usher = Rehearsal.ofEverything(arguments)) {
            return List.of();
        } catch (RuntimeException failure) {
            return settings.of(failure);
        }
    }

    /** The start looks at the files too, in less detail: what is told of a line already is not told again. */
    private static List<Finding> joined(List<Finding> inFiles, List<Finding> ofStart) {
        Set<String> told = new HashSet<>();
        inFiles.forEach(finding -> told.addAll(List.of(finding.file(), finding.place())));
        var all = new ArrayList<>(inFiles);
        ofStart.stream().filter(finding -> !told.contains(finding.place())).forEach(all::add);
        return all.stream().distinct().sorted().toList();
    }

    /** How many routes and kamelets there are to look at. */
    public int routes() {
        Project project = Project.read(root);
        return project.routeFiles().size() + project.kamelets().size();
    }
}
