package dev.usher.alert;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One kind of trouble that an administrator must hear of. Every bean of this type, and every alarm of a bean of type
 * {@link Alarms}, is looked at on each tick of the route {@code report-alarms}; a new alarm is a new bean and nothing else.
 */
public interface Alarm {

    /**
     * Its name in the table {@code alarm}, in Message-IDs and in the log: lower-case words joined by {@code -}, and after a
     * colon what it is about where there are several, such as {@code destination-paused:stripe}; at most 64 characters.
     */
    String name();

    /**
     * What is the case now; null when that cannot be told at the moment, and everything stays as it is. Called often: what
     * costs much is remembered. When there is something to tell it is called once more, in the transaction in which {@link
     * #noted} follows.
     */
    @Nullable
    Sighting look();

    /** This sighting is going to be told; it must not count as news again. Takes part in the transaction that makes it durable. */
    default void noted(Sighting sighting) {}

    /** An alarm without news: it is told when it is raised and when it is over. */
    static Alarm of(String name, Supplier<@Nullable Sighting> look) {
        return new Alarm() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public @Nullable Sighting look() {
                return look.get();
            }
        };
    }
}
