package dev.usher.audit;

import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The table {@code audit_entry}: who changed what, and when. */
@Component
public final class AuditTrail {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TEXT = 1000;

    private final JdbcTemplate jdbc;
    private final Clock clock;

    AuditTrail(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Notes that somebody did something; takes part in the transaction of the caller, if there is one.
     *
     * @param by who, as the sign-in names them
     * @param action what was done: lower-case words, such as {@code replay}
     * @param target to what: ids and names of ours, no personal data
     * @param detail more of it, without personal data; null when there is nothing to add
     */
    public void record(String by, String action, String target, @Nullable String detail) {
        jdbc.update(
                "insert into audit_entry (at, who, action, target, detail) values (?, ?, ?, ?, ?)",
                clock.millis(),
                shortened(by, LONGEST_NAME),
                action,
                shortened(target, LONGEST_TEXT),
                detail == null ? null : shortened(detail, LONGEST_TEXT));
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
