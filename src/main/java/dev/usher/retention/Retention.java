package dev.usher.retention;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The bean {@code retention}, called by the route {@code forget-old-rows}: deletes what was kept for long enough, in
 * transactions so small that no delivery waits for one. Persons, projections and open dead letters stay.
 */
@Component("retention")
@EnableConfigurationProperties(RetentionSettings.class)
public final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final int BATCH = 1_000;

    /** At a stop Quartz waits for what it has begun; what is left is for the next tick. */
    private static final Duration LONGEST = Duration.ofSeconds(15);

    /** Both logs grow in the order of their ids: the oldest are found by the primary key, and no index by time slows it. */
    private static final String DELIVERIES = "delete from delivery where id in (select id from delivery order by id"
            + " fetch first " + BATCH + " rows only) and at < ?";

    private static final String AUDIT = "delete from audit_entry where id in (select id from audit_entry order by id"
            + " fetch first " + BATCH + " rows only) and at < ?";

    private static final String DEAD_LETTERS = "delete from dead_letter where id in (select id from dead_letter"
            + " where decided_at < ? and held = false fetch first " + BATCH + " rows only)";

    private static final String OLD_HAND_EDITS =
            "select at from hand_edit where at < ? order by at fetch first " + BATCH + " rows only";

    private final JdbcTemplate jdbc;
    private final RetentionSettings settings;
    private final Clock clock;

    Retention(JdbcTemplate jdbc, RetentionSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    /** Deletes what is too old, for a quarter of a minute at most; the next call goes on. */
    public void forget() {
        long deadline = clock.millis() + LONGEST.toMillis();
        forget("rows of the delivery log", settings.deliveries(), deadline, before -> jdbc.update(DELIVERIES, before));
        forget("hand edits", settings.handEdits(), deadline, this::handEdits);
        forget("dead letters", settings.deadLetters(), deadline, before -> jdbc.update(DEAD_LETTERS, before));
        forget("entries of the audit trail", settings.audit(), deadline, before -> jdbc.update(AUDIT, before));
    }

    private int handEdits(long before) {
        var times = jdbc.queryForList(OLD_HAND_EDITS, Long.class, before);
        return times.isEmpty() ? 0 : jdbc.update("delete from hand_edit where at <= ?", times.get(times.size() - 1));
    }

    /** @param batch deletes some of what is older than its argument, and says how many; fewer than a batch are the last */
    private void forget(String what, Duration keep, long deadline, LongToIntFunction batch) {
        if (keep.isZero()) {
            return;
        }
        long before = clock.millis() - keep.toMillis();
        long all = 0;
        int deleted = BATCH;
        while (deleted >= BATCH && clock.millis() < deadline) {
            deleted = batch.applyAsInt(before);
            all += deleted;
        }
        if (all > 0) {
            LOG.info("Retention: {} {} older than {} days are deleted", all, what, keep.toDays());
        }
    }
}
