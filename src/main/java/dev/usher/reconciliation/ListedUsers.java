package dev.usher.reconciliation;

import dev.usher.router.Inspection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What the last listing showed of each user, and what can be counted from it. Only the one open run writes here. */
@Component
class ListedUsers {

    private static final int ONE_LINE = -1;
    /** Who told of a user because somebody looked, and not because a source did. */
    private static final String ASKED = "('" + Inspection.SOURCE + "', '" + Inspection.OPERATOR + "')";

    private static final String LISTED = "(select subject, wanted, case when created_at < ? then " + ONE_LINE
            + " else created_at / 3600000 end as slot from listed_user where run = ?) u";

    private final JdbcTemplate jdbc;

    ListedUsers(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Notes users as listed by a run. One noted before by the same run keeps what was found first. */
    void write(long run, List<Finding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        var counts = jdbc.batchUpdate(
                        "update listed_user set created_at = ?, wanted = ?,"
                                + " found = case when run = ? and found <> '' then found else ? end, run = ? where subject = ?",
                        findings,
                        findings.size(),
                        (row, finding) -> {
                            row.setLong(1, finding.createdAt());
                            row.setString(2, finding.wanted());
                            row.setLong(3, run);
                            row.setString(4, finding.found());
                            row.setLong(5, run);
                            row.setString(6, finding.subject());
                        })[0];
        Map<String, Finding> missing = new HashMap<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 0) {
                missing.put(findings.get(i).subject(), findings.get(i));
            }
        }
        jdbc.batchUpdate(
                "insert into listed_user (subject, run, created_at, wanted, found) values (?, ?, ?, ?, ?)",
                missing.values(),
                Math.max(1, missing.size()),
                (row, finding) -> {
                    row.setString(1, finding.subject());
                    row.setLong(2, run);
                    row.setLong(3, finding.createdAt());
                    row.setString(4, finding.wanted());
                    row.setString(5, finding.found());
                });
    }

    /** Persons who are not deleted and whom this run did not list, after a place, by object id. */
    List<String> unlisted(long run, String place, int most) {
        return jdbc.queryForList(
                "select subject from person p where deleted = false and subject > ? and not exists"
                        + " (select 1 from listed_user u where u.subject = p.subject and u.run = ?)"
                        + " order by subject fetch first " + most + " rows only",
                String.class,
                place,
                run);
    }

    /** Destinations, or the router, with an open dead letter, by user. */
    Map<String, Set<String>> parked(Collection<String> subjects) {
        Map<String, Set<String>> parked = new HashMap<>();
        if (!subjects.isEmpty()) {
            var marks = String.join(",", Collections.nCopies(subjects.size(), "?"));
            jdbc.query(
                    "select subject, destination from dead_letter where state = 'open' and subject in (" + marks + ")",
                    row -> {
                        parked.computeIfAbsent(row.getString(1), subject -> new HashSet<>())
                                .add(row.getString(2));
                    },
                    subjects.toArray());
        }
        return parked;
    }

    /** Forgets the users whom this run did not list. */
    void forgetOthers(long run) {
        jdbc.update("delete from listed_user where run <> ?", run);
    }

    /** How many users a run listed, by what was found of them. */
    Map<String, Long> found(long run) {
        Map<String, Long> counts = new TreeMap<>();
        jdbc.query(
                "select found, count(*) from listed_user where run = ? group by found",
                row -> {
                    counts.put(row.getString(1), row.getLong(2));
                },
                run);
        return counts;
    }

    /** Hand edits that these runs found, by run and destination; a run without any is left out. */
    Map<Long, Map<String, Long>> handEdits(List<Long> runs) {
        Map<Long, Map<String, Long>> counts = new HashMap<>();
        if (!runs.isEmpty()) {
            var marks = String.join(",", Collections.nCopies(runs.size(), "?"));
            jdbc.query(
                    "select run, destination, count(*) from hand_edit where run in (" + marks
                            + ") group by run, destination",
                    row -> {
                        counts.computeIfAbsent(row.getLong(1), run -> new TreeMap<>())
                                .put(row.getString(2), row.getLong(3));
                    },
                    runs.toArray());
        }
        return counts;
    }

    /**
     * The hours in which the listed users were made, ascending: how many there are, how many of them a source told of,
     * how many are right in each destination now, and how many a rule keeps out, or made leave, there. Hours before the first
     * are one.
     *
     * @param mappings the version of the mapping of each destination; what an older one made is not right
     */
    List<Hour> hours(long run, Instant first, Map<String, String> mappings) {
        var from = first.truncatedTo(ChronoUnit.HOURS).toEpochMilli();
        Map<Long, Hour> hours = new TreeMap<>();
        jdbc.query(
                "select u.slot, u.wanted, count(*) from " + LISTED + " group by u.slot, u.wanted",
                row -> {
                    hour(hours, row.getLong(1)).wanted(row.getString(2), row.getLong(3));
                },
                from,
                run);
        jdbc.query(
                "select u.slot, sum(case when p.heard_by in " + ASKED + " then 0 else 1 end),"
                        + " sum(case when p.heard_by in " + ASKED + " then 1 else 0 end) from " + LISTED
                        + " join person p on p.subject = u.subject where p.deleted = false group by u.slot",
                row -> {
                    hour(hours, row.getLong(1)).heard(row.getLong(2), row.getLong(3));
                },
                from,
                run);
        if (!mappings.isEmpty()) {
            jdbc.query(
                    "select u.slot, j.destination, sum(case when j.state = 'CURRENT' then 1 else 0 end),"
                            + " sum(case when j.state = 'CURRENT' then 0 else 1 end) from " + LISTED
                            + " join person p on p.subject = u.subject join projection j on j.subject = u.subject"
                            + " where j.state in ('CURRENT', 'SKIPPED', 'ARCHIVED', 'DELETED')"
                            + " and j.user_hash = p.content_hash and u.wanted like '%|' || j.destination || ':%' and ("
                            + String.join(
                                    " or ", Collections.nCopies(mappings.size(), "j.destination = ? and j.mapping = ?"))
                            + ") group by u.slot, j.destination",
                    row -> {
                        hour(hours, row.getLong(1)).held(row.getString(2), row.getLong(3), row.getLong(4));
                    },
                    Stream.concat(
                                    Stream.of(from, run),
                                    mappings.entrySet().stream()
                                            .flatMap(one -> Stream.of(one.getKey(), one.getValue())))
                            .toArray());
        }
        return new ArrayList<>(hours.values());
    }

    private static Hour hour(Map<Long, Hour> hours, long slot) {
        return hours.computeIfAbsent(
                slot, s -> new Hour(s == ONE_LINE ? null : Instant.EPOCH.plus(Duration.ofHours(s))));
    }
}
