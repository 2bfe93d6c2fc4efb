package dev.usher.birthright;

import dev.usher.gather.Gather;
import dev.usher.projection.StateUnavailable;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The table {@code birthright}: what Usher gave and may take away. Concurrent callers share a transaction. */
@Component
final class Holdings {

    private static final int MOST_PER_TRANSACTION = 64;
    private static final Duration BETWEEN_COMMITS = Duration.ofMillis(8);
    private static final String KEY = " where subject = ? and kind = ? and target = ? and role = ?";

    private final JdbcTemplate jdbc;
    private final Gather<Step, Boolean> writes;

    private record Step(List<Holding> kept, List<Holding> gone) {}

    Holdings(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        var transaction = new TransactionTemplate(transactions);
        this.writes = new Gather<>("birthrights-write", MOST_PER_TRANSACTION, 1, BETWEEN_COMMITS, steps -> {
            transaction.executeWithoutResult(status -> steps.forEach(this::write));
            return steps.stream().map(step -> true).toList();
        });
    }

    List<Holding> of(String subject) {
        return StateUnavailable.guard(() -> jdbc.query(
                "select kind, target, role, assignment_id, asked_at, added_at from birthright where subject = ?",
                (row, number) -> new Holding(
                        subject,
                        new Grant(Grant.Kind.of(row.getString(1)), row.getString(2), row.getString(3)),
                        row.getString(4),
                        row.getLong(5),
                        row.getObject(6, Long.class)),
                subject));
    }

    /**
     * Writes in one transaction; durable when it returns. Nothing to write costs nothing.
     *
     * @param kept are stored, in place of what was stored of the same grants
     * @param gone are forgotten
     */
    void write(List<Holding> kept, List<Holding> gone) {
        if (!kept.isEmpty() || !gone.isEmpty()) {
            StateUnavailable.guard(() -> writes.call(new Step(kept, gone)));
        }
    }

    private void write(Step step) {
        for (var holding : step.kept()) {
            var grant = holding.grant();
            var values = new Object[] {
                holding.assignmentId(),
                holding.askedAt(),
                holding.addedAt(),
                holding.subject(),
                grant.kind().word(),
                grant.target(),
                grant.role()
            };
            if (jdbc.update("update birthright set assignment_id = ?, asked_at = ?, added_at = ?" + KEY, values) == 0) {
                jdbc.update(
                        "insert into birthright (assignment_id, asked_at, added_at, subject, kind, target, role)"
                                + " values (?, ?, ?, ?, ?, ?, ?)",
                        values);
            }
        }
        for (var holding : step.gone()) {
            var grant = holding.grant();
            jdbc.update(
                    "delete from birthright" + KEY,
                    holding.subject(),
                    grant.kind().word(),
                    grant.target(),
                    grant.role());
        }
    }
}
