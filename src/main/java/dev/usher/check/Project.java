package dev.usher.check;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.NodeId;

/**
 * What the checks look at, read once.
 *
 * @param root the folder that holds {@code routes/} and {@code config/}
 * @param files every file of interest, by its path from the root, in alphabetical order
 * @param yaml those of them that are YAML and could be read
 * @param unreadable those that could not
 */
record Project(Path root, Set<String> files, List<YamlFile> yaml, List<Finding> unreadable) {

    private static final List<String> FOLDERS =
            List.of("routes", "config", "deploy", Scenarios.IN_PROJECT, Scenarios.DEPLOYED, "src/main/resources");

    static Project read(Path root) {
        var files = new TreeSet<String>();
        FOLDERS.forEach(folder -> files.addAll(filesIn(root, root.resolve(folder))));
        var yaml = new ArrayList<YamlFile>();
        var unreadable = new ArrayList<Finding>();
        for (String file : files) {
            if (file.endsWith(".yaml") || file.endsWith(".yml")) {
                String text = text(root, file);
                try {
                    yaml.add(new YamlFile(file, text, documents(text)));
                } catch (MarkedYAMLException broken) {
                    int line = broken.getProblemMark() == null
                            ? 0
                            : broken.getProblemMark().getLine() + 1;
                    unreadable.add(
                            new Finding(file, line, "not YAML: " + broken.getProblem(), "correct the YAML there"));
                }
            }
        }
        return new Project(root, files, List.copyOf(yaml), List.copyOf(unreadable));
    }

    /** Files that Camel loads as routes and route configurations. */
    List<YamlFile> routeFiles() {
        return yamlIn("routes/", ".camel.yaml");
    }

    /** The folder of the scenarios, with its slash; null when they were not brought along. */
    @Nullable
    String scenarios() {
        String folder = Scenarios.folder(root);
        return folder == null ? null : folder + "/";
    }

    List<YamlFile> kamelets() {
        return yamlIn("routes/", ".kamelet.yaml");
    }

    /** Files under a folder (ending with a slash) whose name ends so. */
    List<YamlFile> yamlIn(String folder, String ending) {
        return yaml.stream()
                .filter(file -> file.path().startsWith(folder) && file.path().endsWith(ending))
                .toList();
    }

    List<String> filesIn(String folder, String ending) {
        return files.stream()
                .filter(file -> file.startsWith(folder) && file.endsWith(ending))
                .toList();
    }

    /** The names of the folders directly below one (given with its slash), in alphabetical order. */
    List<String> foldersIn(String folder) {
        return files.stream()
                .filter(file -> file.startsWith(folder) && file.indexOf('/', folder.length()) > 0)
                .map(file -> file.substring(folder.length(), file.indexOf('/', folder.length())))
                .distinct()
                .toList();
    }

    String text(String file) {
        return text(root, file);
    }

    static List<Tree> documents(String text) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(true); // yamllint names both places
        var documents = new ArrayList<Tree>();
        for (var node : new Yaml(options).composeAll(new StringReader(text))) {
            if (node.getNodeId() != NodeId.scalar) {
                documents.add(new Tree(node));
            }
        }
        return List.copyOf(documents);
    }

    private static List<String> filesIn(Path root, Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + folder, e);
        }
    }

    private static String text(Path root, String file) {
        try {
            return Files.readString(root.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + " as UTF-8", e);
        }
    }
}
