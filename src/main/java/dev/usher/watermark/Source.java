package dev.usher.watermark;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where changes are seen by asking, again and again; a bean for each. Figures are read from the state at every call. */
public interface Source {

    /** Such as {@code /entra/audit-log}: the name that its events bear. */
    String name();

    /** The name without slashes, for alarms, metrics and health: {@code entra-audit-log}. */
    default String label() {
        return name().substring(1).replace('/', '-');
    }

    /** Whether it is read at all. */
    boolean isOn();

    /** When it was last read to its end; null when it never was. Stored once a minute when nothing happens. */
    @Nullable
    Instant polledAt();

    /** When the newest record happened that became an event; null when the source does not tell times. */
    @Nullable
    Instant newest();
}
