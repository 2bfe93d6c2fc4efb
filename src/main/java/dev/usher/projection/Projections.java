package dev.usher.projection;

import dev.usher.gather.Gather;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The memory of Usher: what every destination holds for every user, and how it came there.
 *
 * <p>Concurrent callers share statements: many deliveries that end at the same moment are one transaction and one flush
 * to disk. Each caller still returns only when its own rows are durable.
 *
 * <p>All methods throw {@link StateUnavailable} when the database fails.
 */
@Component
public final class Projections {

    private static final int MOST_PER_STATEMENT = 64;
    private static final Duration BETWEEN_COMMITS = Duration.ofMillis(8);

    private final Gather<String, Known> reads;
    private final Gather<String, Optional<LinkedContact>> contacts;
    private final Gather<List<Change>, Boolean> writes;
    private final ProjectionStore store;
    private final DeliveryMeters meters;

    Projections(JdbcTemplate jdbc, PlatformTransactionManager transactions, DeliveryMeters meters) {
        this.meters = meters;
        this.store = new JdbcProjectionStore(jdbc, new TransactionTemplate(transactions));
        this.reads = new Gather<>("projections-read", MOST_PER_STATEMENT, 2, subjects -> find(store, subjects));
        this.contacts = new Gather<>("contacts-read", MOST_PER_STATEMENT, 2, subjects -> contacts(store, subjects));
        this.writes = new Gather<>(
                "projections-write", MOST_PER_STATEMENT, 1, BETWEEN_COMMITS, batches -> write(store, batches));
    }

    /** All that is known of this user; an empty answer for somebody never routed before. */
    public Known find(String subject) {
        return StateUnavailable.guard(() -> reads.call(subject));
    }

    /** The contact this user was last seen with, and what was made of both; null when there was none. */
    public @Nullable LinkedContact contact(String subject) {
        return StateUnavailable.guard(() -> contacts.call(subject)).orElse(null);
    }

    /** The user who was last seen with this contact; null when nobody was. */
    public @Nullable String userOf(String contactId) {
        return StateUnavailable.guard(() -> store.userOf(contactId));
    }

    /** All that is known of these users, in one statement; a user never routed before is missing from the answer. */
    public Map<String, Known> find(Collection<String> subjects) {
        return StateUnavailable.guard(() -> store.find(subjects));
    }

    /**
     * Writes the changes in one transaction; they are durable when this returns.
     *
     * <p>A {@link Person}, {@link LinkedContact} or {@link Projection} older than the stored one changes nothing. Writing the same a second
     * time is harmless, but adds its {@link DeliveryRow} again: every try is logged.
     *
     * @throws StateUnavailable when the database refuses; nothing was written then
     */
    public void write(List<Change> changes) {
        StateUnavailable.guard(() -> writes.call(changes));
        meters.count(changes);
    }

    private static List<Known> find(ProjectionStore store, List<String> subjects) {
        var found = store.find(subjects);
        return subjects.stream()
                .map(subject -> found.getOrDefault(subject, new Known(null, Map.of())))
                .toList();
    }

    private static List<Optional<LinkedContact>> contacts(ProjectionStore store, List<String> subjects) {
        var found = store.contacts(subjects);
        return subjects.stream()
                .map(subject -> Optional.ofNullable(found.get(subject)))
                .toList();
    }

    private static List<Boolean> write(ProjectionStore store, List<List<Change>> batches) {
        store.write(batches.stream().flatMap(List::stream).toList());
        return batches.stream().map(batch -> true).toList();
    }
}
