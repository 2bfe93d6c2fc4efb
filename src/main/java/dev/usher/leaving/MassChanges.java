package dev.usher.leaving;

import dev.usher.gather.Gather;
import dev.usher.leaving.MassChange.State;
import dev.usher.projection.StateUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The mass-change guard. Counts the users who leave within a sliding window, over all nodes, and holds the rest once
 * there are too many, until an operator decides. After a decision the count begins afresh.
 *
 * <p>Users are counted when Usher hears of them: a directory emptied while Usher was down is noticed too.
 */
@Component
public final class MassChanges {

    private static final Logger LOG = LoggerFactory.getLogger(MassChanges.class);
    private static final int MOST_AT_ONCE = 64;
    private static final Duration USERS_ARE_COUNTED_EVERY = Duration.ofSeconds(10);
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private final DepartureTables tables;
    private final TransactionTemplate transaction;
    private final GuardSettings settings;
    private final Clock clock;
    private final Gather<Leaver, Judgement> judgements =
            new Gather<>("mass-change-guard", MOST_AT_ONCE, 1, this::judge);
    private final UserCount users;

    private record Leaver(String subject, long version) {}

    MassChanges(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            GuardSettings settings,
            Clock clock,
            @Qualifier("applicationTaskExecutor") Executor background) {
        this.tables = new DepartureTables(jdbc);
        this.transaction = new TransactionTemplate(transactions);
        this.settings = settings;
        this.clock = clock;
        this.users = new UserCount(tables::users, clock, background);
    }

    /**
     * Whether this user may leave now; the answer is durable when this returns. The same event a second time gets the same
     * answer, or what an operator has decided since, and is not counted again.
     *
     * @param version the event's time in microseconds since the epoch
     */
    public Judgement judge(String subject, long version) {
        return StateUnavailable.guard(() -> judgements.call(new Leaver(subject, version)));
    }

    private List<Judgement> judge(List<Leaver> leavers) {
        var before = tables.latest().number();
        var answers = transaction.execute(status -> judged(leavers));
        var latest = tables.latest();
        if (latest.isHolding() && latest.number() > before) {
            LOG.warn(
                    "Mass change {}: {} of {} users were disabled or deleted within {} min. Those that follow are held until"
                            + " an operator releases or discards them: see /actuator/masschange",
                    latest.number(),
                    latest.departures(),
                    latest.users(),
                    settings.window().toMinutes());
        }
        return answers == null ? List.of() : answers;
    }

    private List<Judgement> judged(List<Leaver> leavers) {
        tables.lock();
        var latest = tables.latest();
        long now = clock.millis();
        long since = Math.max(now - settings.window().toMillis(), latest.decidedAt());
        long passed = tables.passedSince(since);
        var known = tables.find(leavers.stream().map(Leaver::subject).toList());
        var answers = new ArrayList<Judgement>();
        for (var leaver : leavers) {
            var last = known.get(leaver.subject());
            if (last != null && last.version() == leaver.version()) {
                answers.add(again(last));
                continue;
            }
            boolean counted = last != null && last.heldIn() == null && last.at() > since;
            if (!latest.isHolding() && !counted && isTooMany(++passed, since)) {
                latest = new MassChange(latest.number() + 1, State.HOLDING, now, users.last(), passed, 0, null, false);
                tables.begin(latest);
            }
            var answer = latest.isHolding() ? latest.judgement() : Judgement.PASS;
            var departure =
                    new Departure(leaver.subject(), leaver.version(), now, latest.isHolding() ? latest.number() : null);
            tables.save(departure);
            known.put(leaver.subject(), departure);
            answers.add(answer);
        }
        return answers;
    }

    private Judgement again(Departure last) {
        return last.heldIn() == null
                ? Judgement.PASS
                : tables.find(last.heldIn()).judgement();
    }

    /** By the users counted a moment ago; only when that says yes they are counted anew. */
    private boolean isTooMany(long departures, long since) {
        if (departures <= settings.mayLeave(users.within(USERS_ARE_COUNTED_EVERY, since))) {
            return false;
        }
        return departures > settings.mayLeave(users.within(Duration.ZERO, since));
    }

    /** Whether the last time this user left was held, also when that was released or discarded meanwhile. */
    public boolean isHeld(String subject) {
        var last = StateUnavailable.guard(() -> tables.find(List.of(subject))).get(subject);
        return last != null && last.heldIn() != null;
    }

    /** The newest mass change; number 0 when there was none. */
    MassChange latest() {
        return tables.latest();
    }

    MassChange find(long number) {
        return tables.find(number);
    }

    /** The newest that an operator has decided; 0 when there is none. */
    long latestDecided() {
        return tables.latestDecided();
    }

    /** What the guard shows an operator. The number of users in it may be some minutes old, so that nobody waits for it. */
    Report report() {
        var latest = tables.latest();
        long since = Math.max(clock.millis() - settings.window().toMillis(), latest.decidedAt());
        return Report.of(
                latest, settings, users.lately(since), tables.passedSince(since), tables.heldIn(latest.number()));
    }

    /**
     * Decides what becomes of all that is held.
     *
     * @param by who decides, at most 100 characters
     * @return the mass change that was decided; null when nothing is held
     */
    @Nullable
    MassChange decide(State decision, String by) {
        var decided = transaction.execute(status -> {
            tables.lock();
            var latest = tables.latest();
            if (!latest.isHolding()) {
                return null;
            }
            tables.decide(latest.number(), decision, clock.millis(), by);
            return tables.find(latest.number());
        });
        if (decided != null) {
            LOG.info(
                    "Mass change {} was {} by an operator: it held {} users",
                    decided.number(),
                    DepartureTables.word(decided.state()),
                    tables.heldIn(decided.number()));
        }
        return decided;
    }

    void told(long number) {
        tables.told(number);
    }

    /** Forgets departures so old that no event of theirs can come again, and no window reaches back to them. */
    void forget() {
        var longer = settings.window().compareTo(REMEMBERED) > 0 ? settings.window() : REMEMBERED;
        tables.forget(clock.millis() - longer.toMillis());
    }
}
