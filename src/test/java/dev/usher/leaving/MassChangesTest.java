package dev.usher.leaving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.TestClock;
import dev.usher.leaving.Judgement.Kind;
import dev.usher.leaving.MassChange.State;
import dev.usher.watermark.EveryDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** What the guard decides, on every database. Of 40 users 4 may leave within 10 minutes; the fifth is held. */
class MassChangesTest {

    private static final GuardSettings SETTINGS = new GuardSettings(0.1, 3, Duration.ofMinutes(10));

    private final TestClock clock = new TestClock();
    private DataSource database;
    private JdbcTemplate jdbc;
    private MassChanges guard;

    @BeforeEach
    void fortyUsers(DataSource emptied) {
        database = emptied;
        jdbc = new JdbcTemplate(database);
        IntStream.range(0, 40)
                .forEach(i -> jdbc.update(
                        "insert into person (subject, version, content_hash, deleted) values (?, 1, 'h', false)",
                        "u" + i));
        guard = guard();
    }

    private MassChanges guard() {
        return new MassChanges(jdbc, new DataSourceTransactionManager(database), SETTINGS, clock, Runnable::run);
    }

    private Kind leaves(int user, long version) {
        return guard.judge("u" + user, version).kind();
    }

    private void leave(int from, int to) {
        IntStream.range(from, to)
                .forEach(user -> assertThat(leaves(user, 1)).as("u" + user).isEqualTo(Kind.PASS));
    }

    @EveryDatabase
    void whoeverIsOneTooManyIsHeldAndAllWhoFollow() {
        leave(0, 4);

        assertThat(guard.judge("u4", 1)).isEqualTo(new Judgement(Kind.HOLD, 1));
        assertThat(leaves(5, 1)).isEqualTo(Kind.HOLD);
        assertThat(guard.report().state()).isEqualTo("holding");
        assertThat(guard.report().last())
                .satisfies(last -> assertThat(List.of(last.users(), last.departures(), last.held()))
                        .containsExactly(40L, 5L, 2L));
    }

    @EveryDatabase
    void theSameEventAgainGetsTheSameAnswerAndIsNotCounted() {
        for (int repeat = 0; repeat < 10; repeat++) {
            leave(0, 4);
        }
        assertThat(leaves(4, 1)).isEqualTo(Kind.HOLD);
        assertThat(leaves(4, 1)).isEqualTo(Kind.HOLD);
        assertThat(leaves(3, 1)).isEqualTo(Kind.PASS);
    }

    @EveryDatabase
    void whoIsDisabledAndThenDeletedIsCountedOnce() {
        leave(0, 4);

        assertThat(leaves(0, 2)).isEqualTo(Kind.PASS);
        assertThat(guard.report().departures()).isEqualTo(4);
    }

    @EveryDatabase
    void theWindowSlides() {
        leave(0, 4);
        clock.advance(Duration.ofMinutes(11));

        leave(4, 8);
        assertThat(leaves(8, 1)).isEqualTo(Kind.HOLD);
    }

    @EveryDatabase
    void aReleasePassesWhatWasHeldAndCountsAfresh() {
        leave(0, 4);
        leaves(4, 1);

        assertThat(guard.decide(State.RELEASED, "alice").decidedBy()).isEqualTo("alice");

        assertThat(leaves(4, 1)).isEqualTo(Kind.PASS);
        clock.advance(Duration.ofSeconds(1));
        leave(10, 14);
        assertThat(guard.judge("u14", 1)).isEqualTo(new Judgement(Kind.HOLD, 2));
    }

    @EveryDatabase
    void whatWasDiscardedIsDroppedAndALaterEventIsJudgedAnew() {
        leave(0, 4);
        leaves(4, 1);

        guard.decide(State.DISCARDED, "alice");

        assertThat(leaves(4, 1)).isEqualTo(Kind.DISCARD);
        clock.advance(Duration.ofSeconds(1));
        assertThat(leaves(4, 2)).isEqualTo(Kind.PASS);
    }

    @EveryDatabase
    void nothingHeldIsNothingToDecide() {
        assertThat(guard.decide(State.RELEASED, "alice")).isNull();
        assertThat(guard.latestDecided()).isZero();
    }

    @EveryDatabase
    void fewerThanTheLeastAreNeverHeld() {
        jdbc.update("delete from person where subject <> 'u0'");

        leave(0, 2);
        assertThat(leaves(2, 1)).isEqualTo(Kind.HOLD);
    }

    @EveryDatabase
    void whatStillWaitsIsNotForgotten() {
        leave(0, 4);
        leaves(4, 1);
        clock.advance(Duration.ofDays(8));

        guard.forget();

        assertThat(jdbc.queryForList("select subject from departure", String.class))
                .containsExactly("u4");
    }

    @EveryDatabase
    void severalNodesCountTogether() throws Exception {
        var nodes = List.of(guard(), guard(), guard());
        var threads = Executors.newFixedThreadPool(6);
        var judged = new ArrayList<Future<Judgement>>();

        for (int user = 0; user < 40; user++) {
            var node = nodes.get(user % 3);
            var subject = "u" + user;
            judged.add(threads.submit(() -> node.judge(subject, 1)));
        }

        var passed = 0;
        for (var one : judged) {
            passed += one.get().kind() == Kind.PASS ? 1 : 0;
        }
        threads.shutdown();
        assertThat(passed).isEqualTo(4);
        assertThat(jdbc.queryForObject("select max(number) from mass_change", Long.class))
                .isOne();
    }
}
