package dev.usher.flow;

import dev.usher.destination.Destinations;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The last hour of the delivery log, counted by the minute. The log is the truth, also of what other nodes did; each row is
 * counted once for good when it is older than any transaction takes, and the few newer ones are counted at every reading.
 */
@Component
final class History {

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    /** A row is committed at most so long after the time it bears. */
    private static final long COMMITTED_WITHIN = Duration.ofSeconds(10).toMillis();

    private static final Set<String> FAILED = Set.of("retrying", "parked");
    private static final String COUNT = """
            select at / 60000, destination, outcome, count(*) from delivery
             where at >= ? and at < ? group by at / 60000, destination, outcome
            """;

    private final JdbcTemplate jdbc;
    private final TreeMap<Long, Map<String, int[]>> counted = new TreeMap<>();
    private Map<Long, Map<String, int[]>> newest = Map.of();
    private long countedUntil;

    History(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Reads what was logged since the last reading; the first time, and after a long rest, the whole hour. */
    synchronized void read(long now) {
        long first = now / MINUTE - Counts.MINUTES + 1;
        long from = Math.max(countedUntil, first * MINUTE);
        long until = Math.max(from, now - COMMITTED_WITHIN);
        count(counted, from, until);
        countedUntil = until;
        counted.headMap(first).clear();
        var rest = new TreeMap<Long, Map<String, int[]>>();
        count(rest, until, Long.MAX_VALUE);
        newest = rest;
    }

    private void count(Map<Long, Map<String, int[]>> into, long from, long until) {
        if (from >= until) {
            return;
        }
        jdbc.query(
                COUNT,
                row -> {
                    var station = into.computeIfAbsent(row.getLong(1), minute -> new HashMap<>())
                            .computeIfAbsent(row.getString(2), name -> new int[2]);
                    station[FAILED.contains(row.getString(3)) ? 1 : 0] += row.getInt(4);
                },
                from,
                until);
    }

    /** The hour that ends now, at one destination. */
    synchronized Counts of(String station, long now) {
        return counts(now, minute -> at(minute, station));
    }

    /**
     * The hour that ends now, at the router. Each event it routed is settled once at every destination, if only as skipped,
     * so that the busiest of them tells how many there were; events that ended in the router are its own rows. The directory
     * is left out: it is also told the ids of other destinations, which are no events.
     */
    synchronized Counts ofRouter(List<String> destinations, long now) {
        return counts(now, minute -> {
            var own = at(minute, Destinations.ROUTER);
            int routed = destinations.stream()
                    .filter(name -> !name.equals(Destinations.DIRECTORY))
                    .mapToInt(name -> at(minute, name)[0])
                    .max()
                    .orElse(0);
            return new int[] {own[0] + routed, own[1]};
        });
    }

    private interface OfMinute {
        int[] at(long minute);
    }

    private static Counts counts(long now, OfMinute source) {
        long last = now / MINUTE;
        var minutes = LongStream.rangeClosed(last - Counts.MINUTES + 1, last)
                .mapToObj(source::at)
                .toList();
        return new Counts(
                minutes.stream().map(both -> both[0]).toList(),
                minutes.stream().map(both -> both[1]).toList());
    }

    private int[] at(long minute, String station) {
        var nothing = new int[2];
        var old = counted.getOrDefault(minute, Map.of()).getOrDefault(station, nothing);
        var fresh = newest.getOrDefault(minute, Map.of()).getOrDefault(station, nothing);
        return new int[] {old[0] + fresh[0], old[1] + fresh[1]};
    }
}
