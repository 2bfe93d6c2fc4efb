package dev.usher.sandbox.entra;

import dev.usher.sandbox.entra.AuditRecord.Activity;
import dev.usher.sandbox.entra.AuditRecord.Initiator;
import dev.usher.sandbox.server.RandomIds;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** The audit records in the order of what they tell about, which is not the order in which they become visible. */
final class AuditLog {
    /** How long Entra keeps a record in a tenant without a premium licence. */
    static final Duration RETENTION = Duration.ofDays(7);

    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private final NavigableMap<Key, AuditRecord> records = new ConcurrentSkipListMap<>();
    private final AtomicLong sequence = new AtomicLong(48_210_000);

    /** The place of a record: a page ends at one and the next begins after it. */
    record Key(Instant happened, long sequence) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int order = happened.compareTo(other.happened);
            return order != 0 ? order : Long.compare(sequence, other.sequence);
        }
    }

    /** What a record tells, before it has an id. */
    record Entry(
            Activity activity,
            Instant happened,
            Instant visible,
            String correlationId,
            DirectoryUser user,
            Initiator initiator,
            Map<String, String> changes) {}

    void add(Entry entry) {
        long number = sequence.incrementAndGet();
        String prefix = entry.activity().service.equals("B2C") ? "B2C_" : "Directory_";
        String id = prefix + entry.correlationId() + "_" + letters() + "_" + number;
        String upn = entry.activity() == Activity.DELETE_USER
                ? entry.user().id().replace("-", "") + entry.user().userPrincipalName()
                : entry.user().userPrincipalName();
        records.put(
                new Key(entry.happened(), number),
                new AuditRecord(
                        id,
                        entry.activity(),
                        entry.happened(),
                        entry.visible(),
                        entry.correlationId(),
                        entry.user().id(),
                        upn,
                        entry.initiator(),
                        entry.changes()));
    }

    /** Records that happened at or after a moment, oldest first; the others of the log are not touched. */
    NavigableMap<Key, AuditRecord> since(Instant earliest) {
        return records.tailMap(new Key(earliest, 0), true);
    }

    Collection<AuditRecord> all() {
        return records.values();
    }

    void clear() {
        records.clear();
    }

    static String correlationId() {
        return RandomIds.uuid();
    }

    private static String letters() {
        char[] letters = new char[5];
        for (int i = 0; i < letters.length; i++) {
            letters[i] = LETTERS.charAt(ThreadLocalRandom.current().nextInt(LETTERS.length()));
        }
        return new String(letters);
    }
}
