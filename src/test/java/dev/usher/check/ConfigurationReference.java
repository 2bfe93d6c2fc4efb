package dev.usher.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The reference of all settings, as Markdown, made from the comments in {@code config/}. */
final class ConfigurationReference {

    private static final String HEAD = """
            # Configuration

            Every setting an operator may change, with its default, from the comments in `config/`. A setting is changed there, or by an
            environment variable: dots become underscores, dashes are left out (`server.port` is `SERVER_PORT`, `usher.hash-key` is
            `USHER_HASHKEY`). A default of the form `${NAME:text}` is the environment variable `NAME`, or else the text.

            <!-- Made by a test: change the comments in config/, then run
                 mvn test -Dtest=ConfigurationReferenceTest -Dusher.write-docs=true -->
            """;

    private final Project project;

    ConfigurationReference(Project project) {
        this.project = project;
    }

    String markdown() {
        String sections = project.yamlIn("config/", ".yaml").stream()
                .filter(file -> !file.name().startsWith("application-")) // a profile only repeats keys
                .map(ConfigurationReference::section)
                .collect(Collectors.joining("\n"));
        return HEAD + "\n" + sections;
    }

    private static String section(YamlFile file) {
        var text = new StringBuilder("## config/" + file.name() + "\n\n");
        appendHead(Comments.head(file), text);
        text.append("| key | default | meaning |\n|---|---|---|\n");
        rows(file).forEach(row -> text.append(row).append("\n"));
        return text.toString();
    }

    /** Sentences as a paragraph; what is indented below them as it stands. */
    private static void appendHead(List<String> head, StringBuilder text) {
        List<String> sentences =
                head.stream().takeWhile(line -> !line.startsWith(" ")).toList();
        if (!sentences.isEmpty()) {
            text.append(String.join("\n", sentences)).append("\n\n");
        }
        if (head.size() > sentences.size()) {
            text.append("```\n")
                    .append(String.join("\n", head.subList(sentences.size(), head.size())))
                    .append("\n```\n\n");
        }
    }

    private static List<String> rows(YamlFile file) {
        var rows = new ArrayList<String>();
        Set<Integer> groupsShown = new HashSet<>();
        for (Tree document : file.documents()) {
            addRows(file, "", document, groupsShown, rows);
        }
        return rows;
    }

    private static void addRows(YamlFile file, String prefix, Tree map, Set<Integer> groupsShown, List<String> rows) {
        map.fields().forEach((name, value) -> {
            String key = prefix + name;
            int line = map.lineOf(name);
            String meaning = Comments.own(file, line).orElse("");
            if (!value.isMap() || value.fields().isEmpty()) {
                rows.add("| `" + key + "` | " + code(shown(value)) + " | " + cell(meaning) + " |");
                return;
            }
            boolean isHead = line == Comments.head(file).size() + 1;
            if (!meaning.isEmpty() && !isHead && groupsShown.add(line)) {
                rows.add("| `" + key + ".*` | | " + cell(meaning) + " |");
            }
            addRows(file, key + ".", value, groupsShown, rows);
        });
    }

    private static String shown(Tree value) {
        if (value.isList()) {
            return value.items().stream().map(ConfigurationReference::shown).collect(Collectors.joining(", "));
        }
        if (value.isMap()) {
            return value.fields().entrySet().stream()
                    .map(field -> field.getKey() + ": " + shown(field.getValue()))
                    .collect(Collectors.joining(", "));
        }
        return value.text().strip().lines().collect(Collectors.joining(" "));
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text.replace("|", "\\|") + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "\\<");
    }
}
