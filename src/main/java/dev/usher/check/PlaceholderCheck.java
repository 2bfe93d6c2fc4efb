package dev.usher.check;

import dev.usher.startup.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every {@code {{key}}} in a route is a setting that exists (in a kamelet: or one of its properties). */
final class PlaceholderCheck implements Check {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]+)}}");
    private static final Set<String> FUNCTIONS = Set.of("env", "sys", "service", "bean", "azure", "secret");

    @Override
    public List<Finding> findings(Project project) {
        Settings settings = Settings.of(project);
        var findings = new ArrayList<Finding>();
        for (Unit unit : Unit.in(project)) {
            Set<String> own = ownProperties(unit);
            unit.body().values().forEach(value -> check(unit, value, settings, own, findings));
        }
        return findings;
    }

    private static Set<String> ownProperties(Unit unit) {
        return unit.kind() != Unit.Kind.KAMELET
                ? Set.of()
                : unit.file()
                        .documents()
                        .get(0)
                        .at("spec", "definition", "properties")
                        .map(properties -> properties.fields().keySet())
                        .orElse(Set.of());
    }

    private static void check(Unit unit, Tree value, Settings settings, Set<String> own, List<Finding> findings) {
        Matcher matcher = PLACEHOLDER.matcher(value.text());
        while (matcher.find()) {
            String[] parts = matcher.group(1).split(":", 2);
            String key = parts[0].replaceFirst("^[?!]", "");
            if (FUNCTIONS.contains(key)) {
                continue;
            }
            int line = value.line() + (int) lineBreaks(value, matcher.start());
            if (!own.contains(key) && !settings.has(key)) {
                findings.add(unit.finding(
                        line,
                        "no setting '" + key + "'",
                        "correct the name, or add it with its comment to a file in config/"));
            }
            if (parts.length > 1 && Secrets.isSecret(key)) {
                findings.add(unit.finding(line, "the secret '" + key + "' has a default", "write {{" + key + "}}"));
            }
        }
    }

    /** In a block text ({@code |}) the first line of text is the one after the indicator. */
    private static long lineBreaks(Tree value, int until) {
        long breaks =
                value.text().substring(0, until).chars().filter(c -> c == '\n').count();
        return value.lastLine() > value.line() + 1 ? breaks + 1 : breaks;
    }
}
