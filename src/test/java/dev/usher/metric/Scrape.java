package dev.usher.metric;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code /actuator/prometheus} told: the labels of every metric. */
public record Scrape(String text, Map<String, Set<String>> labels) {

    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");

    public static Scrape of(String text) {
        var labels = new HashMap<String, Set<String>>();
        var sample = SAMPLE.matcher(text);
        while (sample.find()) {
            var known = labels.computeIfAbsent(sample.group(1), name -> new HashSet<>());
            if (sample.group(2) != null) {
                Matcher label = LABEL.matcher(sample.group(2));
                while (label.find()) {
                    known.add(label.group(1));
                }
            }
        }
        return new Scrape(text, labels);
    }

    /** How many series there are whose name begins so. */
    public long series(String prefix) {
        return SAMPLE.matcher(text)
                .results()
                .filter(result -> result.group(1).startsWith(prefix))
                .count();
    }
}
