package dev.usher.check;

import java.util.List;

/**
 * A YAML file that could be read.
 *
 * @param path from the project's root, with forward slashes
 * @param documents one entry for each document that holds something
 */
record YamlFile(String path, String text, List<Tree> documents) {

    /** The file's name without its folders. */
    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The name up to the first dot: {@code deliver-stripe} for {@code deliver-stripe.camel.yaml}. */
    String stem() {
        return name().substring(0, name().indexOf('.'));
    }

    String folder() {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    List<String> lines() {
        return text.lines().toList();
    }

    /** The items of the file's top-level lists. */
    List<Tree> entries() {
        return documents.stream().flatMap(document -> document.items().stream()).toList();
    }

    Finding finding(int line, String message, String mend) {
        return new Finding(path, line, message, mend);
    }
}
