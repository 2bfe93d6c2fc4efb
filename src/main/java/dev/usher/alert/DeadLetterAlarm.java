package dev.usher.alert;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Raised while deliveries are parked: dead letters that nobody has replayed or dismissed. */
@Component
final class DeadLetterAlarm implements Alarm {

    /** As many are told in one mail; the others are in the next. */
    private static final int MOST = 5_000;

    private final JdbcTemplate jdbc;

    DeadLetterAlarm(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "dead-letters";
    }

    @Override
    public Sighting look() {
        var open = count("select count(*) from dead_letter where state = 'open'");
        if (open == 0) {
            return ParkedMail.allClear();
        }
        var news = jdbc.query(
                "select id, at, subject, destination, event_id, reason from dead_letter"
                        + " where state = 'open' and reported = false order by at, id fetch first " + MOST
                        + " rows only",
                (row, index) -> new Parked(
                        row.getString(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)));
        return ParkedMail.of(news, open);
    }

    private long count(String sql) {
        var count = jdbc.queryForObject(sql, Long.class);
        return count == null ? 0 : count;
    }

    @Override
    public void noted(Sighting sighting) {
        List<Object[]> ids =
                sighting.news().stream().map(id -> new Object[] {id}).toList();
        jdbc.batchUpdate("update dead_letter set reported = true where id = ?", ids);
    }
}
