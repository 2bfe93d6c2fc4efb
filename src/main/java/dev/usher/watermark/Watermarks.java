package dev.usher.watermark;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores the watermarks of the sources and the records already seen; the bean {@code watermarks}. Times are kept to the
 * millisecond, cut off and never rounded up, so that nothing at the edge is passed over.
 */
@Component("watermarks")
public final class Watermarks {

    private static final int IDS_PER_QUERY = 500;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Map<String, RecentlySeen> recent = new ConcurrentHashMap<>();

    Watermarks(JdbcTemplate jdbc, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** How far a source has been read; null before its first poll. */
    public @Nullable Watermark find(String source) {
        return jdbc.query("select * from watermark where source = ?", Watermarks::watermark, source).stream()
                .findFirst()
                .orElse(null);
    }

    /** Those of these records that have not become events, in the given order. */
    public Set<String> unseen(String source, Collection<String> ids) {
        var seen = recent(source);
        var unknown = seen.unknown(ids);
        if (unknown.isEmpty()) {
            return unknown;
        }
        var inTable = new ArrayList<String>();
        var candidates = List.copyOf(unknown);
        for (var from = 0; from < candidates.size(); from += IDS_PER_QUERY) {
            var some = candidates.subList(from, Math.min(from + IDS_PER_QUERY, candidates.size()));
            inTable.addAll(select(source, some));
        }
        seen.add(inTable);
        inTable.forEach(unknown::remove);
        return unknown;
    }

    /**
     * Notes, in one transaction, records as seen and how far the source has been read. Records noted before are left as
     * they are. The newest record never moves backwards, whoever writes last; the gap is left as it is.
     *
     * @param records when each happened, by id; ids of at most 200 characters
     */
    public void advance(Watermark watermark, Map<String, Instant> records) {
        try {
            transaction.executeWithoutResult(status -> write(watermark, records));
        } catch (DuplicateKeyException e) {
            // another node noted some of them, or began this source, at the same moment
            transaction.executeWithoutResult(status -> {
                var rest = new HashMap<>(records);
                select(watermark.source(), List.copyOf(records.keySet())).forEach(rest::remove);
                write(watermark, rest);
            });
        }
        recent(watermark.source()).add(records.keySet());
    }

    /** Notes how late after its time the newest record of a source was first seen. */
    public void noteLate(String source, Duration late) {
        jdbc.update("update watermark set late = ? where source = ?", late.toMillis(), source);
    }

    /** How late after its time the newest record of a source was first seen; null when none was. */
    public @Nullable Duration late(String source) {
        return jdbc
                .queryForList("select late from watermark where source = ? and late is not null", Long.class, source)
                .stream()
                .findFirst()
                .map(Duration::ofMillis)
                .orElse(null);
    }

    /** When the record happened that has {@code newer} seen records after it; null when there are not so many. */
    public @Nullable Instant seenBefore(String source, int newer) {
        return jdbc
                .query(
                        "select happened_at from seen_record where source = ? order by happened_at desc"
                                + " offset ? rows fetch next 1 rows only",
                        (row, number) -> Instant.ofEpochMilli(row.getLong(1)),
                        source,
                        newer)
                .stream()
                .findFirst()
                .orElse(null);
    }

    /** Notes a gap of a source; one that is not yet filled grows to the end of the new one. */
    public void noteGap(String source, Watermark.Gap gap) {
        jdbc.update(
                "update watermark set gap_from = coalesce(gap_from, ?), gap_to = ? where source = ?",
                gap.from().toEpochMilli(),
                gap.to().toEpochMilli(),
                source);
    }

    /** The sources whose gap ended before this time. */
    public List<String> withGapBefore(Instant time) {
        return jdbc.queryForList(
                "select source from watermark where gap_to <= ? order by source", String.class, time.toEpochMilli());
    }

    /** Forgets the gap of a source, once reconciliation has filled it. */
    public void closeGap(String source) {
        jdbc.update("update watermark set gap_from = null, gap_to = null where source = ?", source);
    }

    /**
     * Deletes the seen records of every source that happened longer ago than this; called daily by a route.
     *
     * @param keep must be longer than the source itself keeps records, or they become events again
     * @return how many were deleted
     */
    public int purge(Duration keep) {
        return jdbc.update(
                "delete from seen_record where happened_at < ?",
                clock.instant().minus(keep).toEpochMilli());
    }

    private void write(Watermark watermark, Map<String, Instant> records) {
        jdbc.batchUpdate(
                "insert into seen_record (source, record_id, happened_at) values (?, ?, ?)",
                records.entrySet(),
                Math.max(1, records.size()),
                (row, record) -> {
                    row.setString(1, watermark.source());
                    row.setString(2, record.getKey());
                    row.setLong(3, record.getValue().toEpochMilli());
                });
        var values = new Object[] {
            watermark.newest().toEpochMilli(),
            watermark.shallowAt().toEpochMilli(),
            watermark.deepAt().toEpochMilli(),
            watermark.polledAt().toEpochMilli(),
            watermark.begunAt().toEpochMilli(),
            watermark.source()
        };
        var updated = jdbc.update(
                "update watermark set newest = greatest(newest, ?), shallow_at = ?, deep_at = ?, polled_at = ?,"
                        + " begun_at = ? where source = ?",
                values);
        if (updated == 0) {
            jdbc.update(
                    "insert into watermark (newest, shallow_at, deep_at, polled_at, begun_at, source)"
                            + " values (?, ?, ?, ?, ?, ?)",
                    values);
        }
    }

    private List<String> select(String source, List<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var arguments = new ArrayList<Object>(ids);
        arguments.add(0, source);
        var marks = String.join(",", Collections.nCopies(ids.size(), "?"));
        return jdbc.queryForList(
                "select record_id from seen_record where source = ? and record_id in (" + marks + ")",
                String.class,
                arguments.toArray());
    }

    private RecentlySeen recent(String source) {
        return recent.computeIfAbsent(source, name -> new RecentlySeen());
    }

    private static Watermark watermark(ResultSet row, int number) throws SQLException {
        var from = row.getObject("gap_from", Long.class);
        var to = row.getObject("gap_to", Long.class);
        return new Watermark(
                row.getString("source"),
                Instant.ofEpochMilli(row.getLong("begun_at")),
                Instant.ofEpochMilli(row.getLong("newest")),
                Instant.ofEpochMilli(row.getLong("shallow_at")),
                Instant.ofEpochMilli(row.getLong("deep_at")),
                Instant.ofEpochMilli(row.getLong("polled_at")),
                from == null || to == null
                        ? null
                        : new Watermark.Gap(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to)));
    }
}
