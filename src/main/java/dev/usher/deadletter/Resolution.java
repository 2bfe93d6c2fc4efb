package dev.usher.deadletter;

import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Closes open letters that need nobody any more: something later brought the user there, or the rules no longer send them,
 * or the same delivery was given up again and is a newer letter. Each step looks at some, the newest first, and begins anew
 * behind the oldest, so that tens of thousands cost no more at once than a few.
 */
@Component
final class Resolution {

    private static final Logger LOG = LoggerFactory.getLogger(Resolution.class);
    private static final int AT_ONCE = 500;

    private record Way(String note, String condition) {}

    private static final String LATER_DELIVERY = """
             and exists (select 1 from delivery l where l.subject = d.subject and l.destination = d.destination
                 and l.at >= d.at and l.outcome in ('created', 'updated', 'unchanged', 'skipped'))
            """;

    private static final List<Way> WAYS = List.of(
            new Way("a later delivery of this user has arrived there", """
                    and exists (select 1 from projection p where p.subject = d.subject
                        and p.destination = d.destination and p.state in ('CURRENT', 'ARCHIVED', 'DELETED'))
                    """ + LATER_DELIVERY),
            new Way("the rules no longer send this user there", """
                    and exists (select 1 from projection p where p.subject = d.subject
                        and p.destination = d.destination and p.state = 'SKIPPED')
                    """ + LATER_DELIVERY),
            new Way("a later event of this user was routed", """
                    and d.destination = 'router' and exists (
                        select 1 from person p join delivery l on l.subject = p.subject where p.subject = d.subject
                           and l.destination = 'router' and l.event_id = d.event_id and l.outcome = 'parked'
                           and p.version > l.version)
                    """),
            new Way("given up again: the newer dead letter of this user takes its place", """
                    and d.destination <> 'router' and exists (
                        select 1 from dead_letter n where n.subject = d.subject and n.destination = d.destination
                           and n.state = 'open' and n.at > d.at)
                    """));

    private final JdbcTemplate jdbc;
    private final Clock clock;
    private volatile long before = Long.MAX_VALUE;

    Resolution(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Looks at the next ones. */
    void step() {
        var times = jdbc.queryForList(
                "select at from dead_letter where state = 'open' and at < ? order by at desc fetch first " + AT_ONCE
                        + " rows only",
                Long.class,
                before);
        if (!times.isEmpty()) {
            resolve(times.get(times.size() - 1), before);
        }
        before = times.size() < AT_ONCE ? Long.MAX_VALUE : times.get(times.size() - 1);
    }

    private void resolve(long from, long to) {
        for (var way : WAYS) {
            int closed = jdbc.update(
                    "update dead_letter d set state = 'resolved', decided_at = ?, decided_by = 'usher', note = ?"
                            + " where d.state = 'open' and d.at >= ? and d.at < ? " + way.condition(),
                    clock.millis(),
                    way.note(),
                    from,
                    to);
            if (closed > 0) {
                LOG.info("Dead letters: {} closed, because {}", closed, way.note());
            }
        }
    }
}
