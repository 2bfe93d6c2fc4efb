package dev.usher.event;

/** How soon an event is wanted: live sign-ups outrank imports and reconciliation in every queue. */
public enum Urgency {
    /** Somebody has just signed up or changed something. */
    LIVE(4),
    /** Part of an import or a reconciliation: served when nothing live waits. */
    BULK(1);

    private final int priority;

    Urgency(int priority) {
        this.priority = priority;
    }

    /** The JMS priority, 0 (last) to 9 (first). */
    public int priority() {
        return priority;
    }
}
