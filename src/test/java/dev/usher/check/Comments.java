package dev.usher.check;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/** The comments of a configuration file, by the setting they stand above or beside. */
final class Comments {

    private Comments() {}

    /** The comment of a setting: directly above it, or at the end of its line; failing that, of the group it stands in. */
    static Optional<String> above(YamlFile file, Settings.Setting setting) {
        return own(file, setting.line()).or(() -> ofGroups(file, setting.line()));
    }

    /** The comment directly above a line and the one at its end, as one text. */
    static Optional<String> own(YamlFile file, int line) {
        List<String> lines = file.lines();
        var words = new ArrayDeque<String>();
        for (int i = line - 2; i >= 0 && lines.get(i).strip().startsWith("#"); i--) {
            words.addFirst(text(lines.get(i)));
        }
        String here = lines.get(line - 1);
        int hash = here.indexOf(" #");
        if (hash >= 0 && !here.substring(0, hash).contains("\"")) {
            words.addLast(text(here.substring(hash)));
        }
        String comment = String.join(" ", words).strip();
        return comment.isEmpty() ? Optional.empty() : Optional.of(comment);
    }

    /** The comment that begins in a file's first line, line by line with its indentation; empty when there is none. */
    static List<String> head(YamlFile file) {
        return file.lines().stream()
                .takeWhile(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ?", "").stripTrailing())
                .toList();
    }

    private static Optional<String> ofGroups(YamlFile file, int line) {
        List<String> lines = file.lines();
        int indent = indent(lines.get(line - 1));
        for (int i = line - 2; i >= 0 && indent > 0; i--) {
            String text = lines.get(i);
            if (!text.isBlank() && !text.strip().startsWith("#") && indent(text) < indent) {
                indent = indent(text);
                Optional<String> comment = own(file, i + 1);
                if (comment.isPresent()) {
                    return comment;
                }
            }
        }
        return Optional.empty();
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    private static String text(String line) {
        return line.strip().replaceFirst("^#+\\s?", "").strip();
    }
}
