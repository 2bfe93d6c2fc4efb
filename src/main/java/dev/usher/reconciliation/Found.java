package dev.usher.reconciliation;

import java.util.Map;
import java.util.TreeMap;

/** Adds up what was found of users. @param byWords how many users there are for each distinct finding */
record Found(Map<String, Long> byWords) {

    long seen() {
        return byWords.values().stream().mapToLong(Long::longValue).sum();
    }

    long unheard() {
        return byWords.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("unheard"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Users by destination, of whom this was found there: {@code missing}, {@code drifted} or {@code parked}. */
    Map<String, Long> counts(String what) {
        var counts = new TreeMap<String, Long>();
        byWords.forEach((words, users) -> {
            for (var word : words.split(" ")) {
                if (word.startsWith(what + ":")) {
                    counts.merge(word.substring(what.length() + 1), users, Long::sum);
                }
            }
        });
        return counts;
    }
}
