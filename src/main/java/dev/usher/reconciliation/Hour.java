package dev.usher.reconciliation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The users made within one hour: whether everybody is where they must be. */
final class Hour {

    private final @Nullable Instant begin;
    private final Map<String, Long> wanted = new TreeMap<>();
    private final Map<String, String> rules = new TreeMap<>();
    private final Map<String, Long> held = new TreeMap<>();
    private final Map<String, Long> byRule = new TreeMap<>();
    private long directory;
    private long heard;
    private long healed;

    /** @param begin of the hour; null for all hours before those told one by one */
    Hour(@Nullable Instant begin) {
        this.begin = begin;
    }

    /** So many users of the directory are wanted in the same destinations. */
    void wanted(String destinations, long users) {
        directory += users;
        for (var one : destinations.split("\\|")) {
            int colon = one.indexOf(':');
            if (colon > 0) {
                wanted.merge(one.substring(0, colon), users, Long::sum);
                rules.put(one.substring(0, colon), one.substring(colon + 1));
            }
        }
    }

    void heard(long bySources, long byReconciliation) {
        heard += bySources;
        healed += byReconciliation;
    }

    /** @param withoutByRule of whom it was settled that the destination does not have them, or no longer */
    void held(String destination, long users, long withoutByRule) {
        held.merge(destination, users, Long::sum);
        byRule.merge(destination, withoutByRule, Long::sum);
    }

    /** Whether everybody is known, and in every destination that wants them right, or kept out by a rule. */
    boolean isComplete() {
        return directory == heard + healed
                && wanted.entrySet().stream().allMatch(one -> one.getValue() == settled(one.getKey()));
    }

    private long settled(String destination) {
        return held.getOrDefault(destination, 0L) + byRule.getOrDefault(destination, 0L);
    }

    /** One line that can be checked. */
    String line() {
        var parts = new ArrayList<String>();
        parts.add(String.format(Locale.ROOT, "directory %,d", directory));
        parts.add(String.format(Locale.ROOT, "events %,d", heard)
                + (healed == 0 ? "" : String.format(Locale.ROOT, " (+%,d healed by reconciliation)", healed)));
        wanted.forEach((destination, users) -> parts.add(part(destination, users)));
        return (begin == null ? "earlier" : begin.toString().replace(":00:00Z", ":00Z")) + ": "
                + String.join(", ", parts);
    }

    private String part(String destination, long users) {
        long there = held.getOrDefault(destination, 0L);
        long without = byRule.getOrDefault(destination, 0L);
        return (users == directory
                        ? String.format(Locale.ROOT, "%s %,d", destination, there)
                        : String.format(
                                Locale.ROOT, "%s %,d of %,d %s", destination, there, users, rules.get(destination)))
                + (without == 0 ? "" : String.format(Locale.ROOT, " (+%,d not there by rule)", without));
    }
}
