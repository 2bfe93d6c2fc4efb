package dev.usher.router;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.event.IdentityEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an event of the reconciliation or of an operator asks for. Such an event speaks of a user who is missing or behind
 * somewhere, whether or not the user changed: it goes on where another event would end because it tells nothing new.
 *
 * @param source who asks: {@link #SOURCE} or {@link #OPERATOR}
 * @param deep whether destinations that seem to be right must look at what they really hold
 * @param destination the only one that must look; null for all
 */
public record Inspection(String source, Deep deep, @Nullable String destination) {

    /** The source of events of the reconciliation. */
    public static final String SOURCE = "/usher/reconciliation";

    /** The source of events that an operator ordered. */
    public static final String OPERATOR = "/usher/operator";

    /** How deep. */
    public enum Deep {
        /** Nobody looks: what Usher remembers is enough. */
        NO,
        /** Look, and put right. */
        REPAIR,
        /** Look, and only note what was found. */
        DRY_RUN,
        /** Look, and tell the operator what would be written. */
        PLAN;

        /** The word in events and message headers. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }

        static Deep of(String word) {
            return valueOf(word.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
        }
    }

    /** What the reconciliation asks for. */
    public Inspection(Deep deep, @Nullable String destination) {
        this(SOURCE, deep, destination);
    }

    /** An operator wants the user to be brought everywhere to what the directory shows. */
    public static Inspection ordered() {
        return new Inspection(OPERATOR, Deep.REPAIR, null);
    }

    /**
     * An operator wants the user to be brought to this one destination again; the others get what the event tells only if
     * the user has changed.
     */
    public static Inspection replayed(String destination) {
        return new Inspection(OPERATOR, Deep.NO, destination);
    }

    /** An operator wants to know what {@link #ordered} would do. Such an event never goes onto a queue. */
    public static Inspection planned() {
        return new Inspection(OPERATOR, Deep.PLAN, null);
    }

    /** An event that asks for this; its data hold the question and nothing of the user. */
    public IdentityEvent event(String id, String type, String subject, Instant time) {
        var data = JsonNodeFactory.instance.objectNode().put("deep", deep.word());
        if (destination != null) {
            data.put("destination", destination);
        }
        return new IdentityEvent(id, source, type, subject, time, data);
    }

    /** What an event asks for; null for an event of any other source. */
    static @Nullable Inspection of(IdentityEvent event) {
        var data = event.data();
        if (!SOURCE.equals(event.source()) && !OPERATOR.equals(event.source())) {
            return null;
        }
        return data == null
                ? new Inspection(event.source(), Deep.NO, null)
                : new Inspection(
                        event.source(),
                        Deep.of(data.path("deep").asText("no")),
                        data.path("destination").textValue());
    }
}
