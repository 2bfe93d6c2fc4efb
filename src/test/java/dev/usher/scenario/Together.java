package dev.usher.scenario;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Scenarios that are set otherwise and can share a product, which is what costs their time. What is set of a destination
 * concerns that one alone: two scenarios share when they set different destinations, or the same one alike. Anything else
 * concerns all, and so does what is set of Entra and Dataverse, which tell the others of people: only scenarios with the
 * very same settings share that.
 */
record Together(Map<String, String> settings, List<Path> files) {

    private static final Pattern DESTINATION =
            Pattern.compile("usher\\.destinations\\.(?!entra|dataverse)([^.]+)\\..*");
    private static final String ALL = "";

    /** @param files with what each sets; at least one setting each */
    static List<Together> of(Map<Path, Map<String, String>> files) {
        var groups = new ArrayList<Together>();
        files.forEach((file, settings) -> {
            var group = groups.stream()
                    .filter(other -> other.canTake(settings))
                    .findFirst()
                    .orElseGet(() -> {
                        groups.add(new Together(new TreeMap<>(), new ArrayList<>()));
                        return groups.get(groups.size() - 1);
                    });
            group.files.add(file);
            group.settings.putAll(settings);
        });
        return groups;
    }

    private boolean canTake(Map<String, String> more) {
        if (settings.equals(more)) {
            return true;
        }
        var ours = byDestination(settings);
        var theirs = byDestination(more);
        return !ours.containsKey(ALL)
                && !theirs.containsKey(ALL)
                && theirs.entrySet().stream()
                        .allMatch(
                                their -> their.getValue().equals(ours.getOrDefault(their.getKey(), their.getValue())));
    }

    private static Map<String, Map<String, String>> byDestination(Map<String, String> settings) {
        var parts = new LinkedHashMap<String, Map<String, String>>();
        settings.forEach((key, value) -> {
            var matcher = DESTINATION.matcher(key);
            parts.computeIfAbsent(matcher.matches() ? matcher.group(1) : ALL, destination -> new TreeMap<>())
                    .put(key, value);
        });
        return parts;
    }
}
