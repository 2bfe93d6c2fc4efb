package dev.usher.metric;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The metrics of one PromQL expression, each with the labels that the expression asks it for. */
public record Expression(String text) {

    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern METRIC = Pattern.compile("([a-zA-Z_:][\\w:]*)\\s*(?:\\{([^}]*)})?(\\s*\\()?");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "offset", "bool");
    /** Prometheus itself adds these to whatever it scrapes. */
    private static final Set<String> ADDED = Set.of("instance", "job");

    /** The labels by metric. */
    Map<String, Set<String>> metrics() {
        var rest = RANGE.matcher(QUOTED.matcher(text).replaceAll("\"\"")).replaceAll("");
        var grouping = new HashSet<String>();
        GROUPING.matcher(rest).results().forEach(group -> grouping.addAll(names(group.group(1))));
        rest = GROUPING.matcher(rest).replaceAll(" ");
        var metrics = new TreeMap<String, Set<String>>();
        METRIC.matcher(rest).results().forEach(found -> {
            boolean isFunction = found.group(3) != null;
            if (!isFunction && !WORDS.contains(found.group(1))) {
                var labels = metrics.computeIfAbsent(found.group(1), name -> new TreeSet<>());
                labels.addAll(grouping);
                if (found.group(2) != null) {
                    labels.addAll(names(found.group(2).replaceAll("(=~|!~|!=|=)\\s*\"\"", "")));
                }
            }
        });
        metrics.values().forEach(labels -> labels.removeAll(ADDED));
        return metrics;
    }

    private static Set<String> names(String list) {
        var names = new TreeSet<String>();
        for (var name : list.split(",")) {
            if (!name.isBlank()) {
                names.add(name.strip());
            }
        }
        return names;
    }

    /** What of this the scrape does not have; empty when all is there. */
    public Set<String> missing(Scrape scrape) {
        var missing = new TreeSet<String>();
        metrics().forEach((metric, labels) -> {
            var known = scrape.labels().get(metric);
            if (known == null) {
                missing.add(metric);
            } else {
                labels.stream()
                        .filter(label -> !known.contains(label))
                        .forEach(label -> missing.add(metric + "{" + label + "}"));
            }
        });
        return missing;
    }
}
