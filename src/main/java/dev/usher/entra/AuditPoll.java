package dev.usher.entra;

import dev.usher.event.IdentityEvent;
import dev.usher.watermark.Watermark;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One poll of the audit log while it runs: what it is about to read, what it has read. The route
 * {@code poll-entra-audit-log} carries it from step to step; only one thread at a time touches it.
 */
public final class AuditPoll {

    private Watermark mark;
    private @Nullable Sweep sweep;
    private final Instant headFrom;
    private boolean failed;
    private List<AuditRecord> fresh = List.of();
    private @Nullable String nextLink;
    private int calls;
    private int read;
    private int published;

    AuditPoll(Watermark mark, @Nullable Sweep head) {
        this.mark = mark;
        this.sweep = head;
        this.headFrom = head == null ? mark.newest() : head.query().from();
        this.failed = head == null;
    }

    /** Whether there is another page to read. */
    public boolean isMore() {
        return sweep != null;
    }

    /** What the page read last tells that was not known before, in the order in which it happened. */
    public List<IdentityEvent> getEvents() {
        return fresh.stream()
                .map(record -> new IdentityEvent(
                        record.id(),
                        AuditLogPoll.SOURCE,
                        Activities.type(record.activity()),
                        record.subject(),
                        record.at(),
                        null))
                .toList();
    }

    Watermark mark() {
        return mark;
    }

    @Nullable
    Sweep sweep() {
        return sweep;
    }

    Instant headFrom() {
        return headFrom;
    }

    @Nullable
    String nextLink() {
        return nextLink;
    }

    boolean failed() {
        return failed;
    }

    int calls() {
        return calls;
    }

    int read() {
        return read;
    }

    int published() {
        return published;
    }

    /** Takes up a page and keeps of it the records that are not seen yet. */
    void read(AuditPage page, Set<String> unseen) {
        var once = new LinkedHashMap<String, AuditRecord>();
        page.records().stream()
                .filter(record -> unseen.contains(record.id()))
                .forEach(record -> once.put(record.id(), record));
        fresh = List.copyOf(once.values());
        nextLink = page.nextLink();
        calls++;
        read += page.records().size() + page.broken().size();
    }

    /** Ends the poll: no permit, or a failure. What was read before stays done. */
    void giveUp() {
        fresh = List.of();
        sweep = null;
        failed = true;
    }

    /** The records of the page, by id, with their times. */
    Map<String, Instant> freshTimes() {
        var times = new LinkedHashMap<String, Instant>();
        fresh.forEach(record -> times.put(record.id(), record.at()));
        return times;
    }

    /** Moves on to the next page, or to the end (null), once this page is published. */
    void advance(Watermark after, @Nullable Sweep next) {
        published += fresh.size();
        fresh = List.of();
        mark = after;
        sweep = next;
    }
}
