package dev.usher.dataverse;

import dev.usher.event.IdentityEvent;
import dev.usher.event.Urgency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One poll of change tracking while it runs. The route {@code poll-dataverse-contacts} carries it from step to step. */
public final class ChangePoll {

    private @Nullable ChangeLink next;
    private @Nullable ChangeLink after;
    private List<IdentityEvent> events = List.of();
    private boolean last;
    private int published;

    ChangePoll(@Nullable ChangeLink next) {
        this.next = next;
    }

    /** Whether there is another page to read. */
    public boolean isMore() {
        return next != null;
    }

    /** What the page read last tells. */
    public List<IdentityEvent> getEvents() {
        return events;
    }

    /** Changes are live; a reading of all contacts is not. */
    public Urgency getUrgency() {
        return next == null || next.phase() == ChangeLink.Phase.CHANGES ? Urgency.LIVE : Urgency.BULK;
    }

    @Nullable
    ChangeLink next() {
        return next;
    }

    @Nullable
    ChangeLink after() {
        return after;
    }

    int published() {
        return published;
    }

    boolean isLast() {
        return last;
    }

    /** Takes up a page. */
    void read(ContactPage page) {
        events = page.events();
        after = page.following();
        last = page.last();
    }

    /** Begins anew: what was to be read is no longer valid. */
    void restart(ChangeLink from) {
        next = from;
        after = null;
        events = List.of();
    }

    /** Goes on to the next page, or ends (null), once this page is published. */
    void advance(@Nullable ChangeLink following) {
        published += events.size();
        events = List.of();
        after = null;
        next = following;
    }
}
