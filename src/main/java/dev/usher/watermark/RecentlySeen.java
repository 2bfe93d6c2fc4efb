package dev.usher.watermark;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The records seen last, in front of the table: an overlap that is read again costs no SQL. It may forget any of them. */
final class RecentlySeen {

    private static final int MOST = 30_000;

    private final Map<String, Boolean> ids = new LinkedHashMap<>();

    synchronized Set<String> unknown(Collection<String> candidates) {
        var unknown = new LinkedHashSet<>(candidates);
        unknown.removeIf(ids::containsKey);
        return unknown;
    }

    synchronized void add(Collection<String> seen) {
        seen.forEach(id -> ids.put(id, true));
        for (var oldest = ids.keySet().iterator(); ids.size() > MOST; ) {
            oldest.next();
            oldest.remove();
        }
    }
}
