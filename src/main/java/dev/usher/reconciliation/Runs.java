package dev.usher.reconciliation;

import dev.usher.reconciliation.Run.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The rows of the runs. All nodes read them anew at every step, so that any of them can go on. */
@Component
class Runs {

    private static final String OPEN = "select * from reconciliation where slot = 1";
    private static final String CLOSED_BY = " changed_at = ?, ended_at = ?, slot = null where id = ? and slot = 1";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final ListedUsers users;

    Runs(JdbcTemplate jdbc, PlatformTransactionManager transactions, ListedUsers users) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.users = users;
    }

    /** Begins a run; false when one is open. */
    boolean begin(Order order, Instant now) {
        try {
            jdbc.update(
                    "insert into reconciliation (mode, deep, destination, cause, state, started_at, changed_at, place,"
                            + " pages, orphans, repaired, unreadable, slot)"
                            + " values (?, ?, ?, ?, 'listing', ?, ?, '', 0, 0, 0, 0, 1)",
                    order.mode().word(),
                    order.deep(),
                    order.destination(),
                    order.cause(),
                    now.toEpochMilli(),
                    now.toEpochMilli());
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    /** The run that is listing or looking for orphans; null when there is none. */
    @Nullable
    Run open() {
        return first(OPEN);
    }

    /** The run whose report is not final yet; null when there is none. */
    @Nullable
    Run settling() {
        return first("select * from reconciliation where state = 'settling' order by id desc fetch first 1 rows only");
    }

    /** The newest run that compared everybody with every destination; null when there was none. */
    @Nullable
    Run lastWhole() {
        return first("select * from reconciliation where state in ('settling', 'finished') and destination is null"
                + " order by id desc fetch first 1 rows only");
    }

    /** Whether the administrator was told what this run found missing. */
    boolean isTold(long id) {
        return Boolean.TRUE.equals(
                jdbc.queryForObject("select told from reconciliation where id = ?", Boolean.class, id));
    }

    void told(long id) {
        jdbc.update("update reconciliation set told = true where id = ?", id);
    }

    @Nullable
    Run find(long id) {
        return first("select * from reconciliation where id = ?", id);
    }

    List<Run> newest(int number) {
        return jdbc.query(
                "select * from reconciliation order by id desc fetch first " + number + " rows only", Runs::run);
    }

    /** The newest of those whose id is less. */
    List<Run> before(long id, int number) {
        return jdbc.query(
                "select * from reconciliation where id < ? order by id desc fetch first " + number + " rows only",
                Runs::run,
                id);
    }

    private @Nullable Run first(String sql, Object... arguments) {
        return jdbc.query(sql, Runs::run, arguments).stream().findFirst().orElse(null);
    }

    /** Stores what a page came to, and moves on behind it; nothing when the run was stopped meanwhile. */
    void listed(Page page, Instant now) {
        transaction.executeWithoutResult(status -> {
            var link = page.listed.nextLink();
            int moved = jdbc.update(
                    "update reconciliation set next_link = ?, state = ?, pages = pages + 1, repaired = repaired + ?,"
                            + " unreadable = unreadable + ?, changed_at = ? where id = ? and slot = 1",
                    link,
                    link == null ? word(State.ORPHANS) : word(State.LISTING),
                    page.run.order().repairs() ? repairs(page) : 0,
                    page.unreadable.get(),
                    now.toEpochMilli(),
                    page.run.id());
            if (moved > 0) {
                users.write(page.run.id(), List.copyOf(page.findings));
            }
        });
    }

    private static long repairs(Page page) {
        return page.findings.stream().filter(Finding::behind).count();
    }

    /** Lists from the beginning, because the link to the next page is too old. */
    void listAnew(Run run, Instant now) {
        jdbc.update(
                "update reconciliation set next_link = null, changed_at = ? where id = ? and slot = 1",
                now.toEpochMilli(),
                run.id());
    }

    /**
     * Moves on behind the persons who were looked for; with none of them left the comparing is over, and what was counted
     * while it was not is forgotten.
     */
    void sought(Page page, Instant now) {
        if (page.sought.isEmpty()) {
            jdbc.update(
                    "update reconciliation set state = 'settling', report = null," + CLOSED_BY,
                    now.toEpochMilli(),
                    now.toEpochMilli(),
                    page.run.id());
            return;
        }
        jdbc.update(
                "update reconciliation set place = ?, orphans = orphans + ?, repaired = repaired + ?, changed_at = ?"
                        + " where id = ? and slot = 1",
                page.sought.get(page.sought.size() - 1),
                page.orphans.size(),
                page.events.size(),
                now.toEpochMilli(),
                page.run.id());
    }

    /** Ends the open run; false when there is none. */
    boolean stop(Instant now) {
        return jdbc.update(
                        "update reconciliation set state = 'stopped', changed_at = ?, ended_at = ?, slot = null"
                                + " where slot = 1",
                        now.toEpochMilli(),
                        now.toEpochMilli())
                > 0;
    }

    /** Asks for another run after the open one; false when none is open. */
    boolean again(String cause) {
        return jdbc.update("update reconciliation set again = ? where slot = 1", cause) > 0;
    }

    /** Stores what was counted of a run; nothing when its report is final already. */
    void note(Run run, String report) {
        jdbc.update(
                "update reconciliation set report = ? where id = ? and state <> ?",
                report,
                run.id(),
                word(State.FINISHED));
    }

    /** Stores the report of a run; it does not change any more. */
    void finish(Run run, State state, String report) {
        jdbc.update("update reconciliation set state = ?, report = ? where id = ?", word(state), report, run.id());
    }

    /** Forgets runs that began before this time. */
    void forget(Instant before) {
        jdbc.update("delete from reconciliation where slot is null and started_at < ?", before.toEpochMilli());
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static Run run(ResultSet row, int number) throws SQLException {
        var mode = Order.Mode.of(row.getString("mode"));
        var ended = row.getObject("ended_at", Long.class);
        return new Run(
                row.getLong("id"),
                new Order(
                        mode == null ? Order.Mode.DRY_RUN : mode,
                        row.getBoolean("deep"),
                        row.getString("destination"),
                        row.getString("cause")),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                Instant.ofEpochMilli(row.getLong("started_at")),
                Instant.ofEpochMilli(row.getLong("changed_at")),
                ended == null ? null : Instant.ofEpochMilli(ended),
                row.getString("next_link"),
                row.getString("place"),
                row.getInt("pages"),
                row.getLong("orphans"),
                row.getLong("repaired"),
                row.getLong("unreadable"),
                row.getString("again"),
                row.getString("report"));
    }
}
