package dev.usher.sandbox.dataverse;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of one table, with what finds them: the primary key, the indexed members, the version. */
final class Rows {
    private final Table table;
    private final Map<String, Row> byId = new HashMap<>();
    private final NavigableMap<Long, Row> bySequence = new TreeMap<>();
    private final NavigableMap<Long, Row> byVersion = new TreeMap<>();
    private final NavigableMap<Long, String> deleted = new TreeMap<>();
    private final Map<String, Map<String, Set<Row>>> indexes = new HashMap<>();

    Rows(Table table) {
        this.table = table;
        table.indexed().forEach(member -> indexes.put(member, new HashMap<>()));
    }

    @Nullable
    Row get(String id) {
        return byId.get(id.toLowerCase(Locale.ROOT));
    }

    /** In the order of their creation. */
    Collection<Row> all() {
        return bySequence.values();
    }

    /** Rows of which an indexed member has one of the values, by its text without regard to case, in the order of their creation. */
    List<Row> having(String member, List<String> values) {
        Map<String, Set<Row>> index = indexes.get(member);
        return values.stream()
                .distinct()
                .flatMap(value -> index == null
                        ? Stream.empty()
                        : index.getOrDefault(value.toLowerCase(Locale.ROOT), Set.of()).stream())
                .distinct()
                .sorted((one, other) -> Long.compare(one.sequence(), other.sequence()))
                .toList();
    }

    /** Rows last changed after this version, oldest change first. */
    Collection<Row> changedAfter(long version) {
        return byVersion.tailMap(version, false).values();
    }

    /** Ids of rows deleted after this version. */
    Collection<String> deletedAfter(long version) {
        return deleted.tailMap(version, false).values();
    }

    /** Puts a row into this state. @param now null to take it away @return the state before */
    @Nullable
    Row place(String id, @Nullable Row now) {
        Row before = byId.get(id);
        if (before != null) {
            byId.remove(id);
            bySequence.remove(before.sequence());
            byVersion.remove(before.version());
            indexes.forEach((member, index) -> indexed(index, member, before).remove(before));
        }
        if (now != null) {
            byId.put(id, now);
            bySequence.put(now.sequence(), now);
            byVersion.put(now.version(), now);
            indexes.forEach((member, index) -> indexed(index, member, now).add(now));
        }
        return before;
    }

    private static Set<Row> indexed(Map<String, Set<Row>> index, String member, Row row) {
        String value = row.text(member);
        return value == null
                ? new LinkedHashSet<>()
                : index.computeIfAbsent(value.toLowerCase(Locale.ROOT), any -> new LinkedHashSet<>());
    }

    void rememberDeleted(long version, String id) {
        deleted.put(version, id);
    }

    void forgetDeleted(long version) {
        deleted.remove(version);
    }

    void clear() {
        byId.clear();
        bySequence.clear();
        byVersion.clear();
        deleted.clear();
        table.indexed().forEach(member -> indexes.put(member, new HashMap<>()));
    }
}
