package dev.usher.backing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.Logged;
import java.net.ConnectException;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VigilTest {

    private static final Trouble AWAY = Trouble.noConnection(new SQLException("", "08001", new ConnectException()));
    private static final Trouble REFUSES =
            Trouble.refusal("it refused, SQL state 28P01", new SQLException("", "28P01"));

    private final Logged logged = new Logged(Vigil.class);
    private @Nullable Trouble trouble;
    private int looks;

    private final Backing backing = new Backing() {
        @Override
        public String name() {
            return "the database";
        }

        @Override
        public String place() {
            return "the.key address";
        }

        @Override
        public String mend() {
            return "Start it.";
        }

        @Override
        public @Nullable Trouble trouble() {
            looks++;
            return trouble;
        }
    };

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    private long lines(String text) {
        return logged.lines().stream().filter(line -> line.contains(text)).count();
    }

    @AfterEach
    void close() {
        logged.close();
    }

    @Test
    void whatIsWellIsNotTold() {
        Vigil.whileRunning(backing).look(0);

        assertThat(logged.lines()).isEmpty();
    }

    @Test
    void aLossIsToldOnceAndThenEveryMinuteAndItsEndOnce() {
        var vigil = Vigil.whileRunning(backing);
        trouble = AWAY;
        for (int second = 0; second < 65; second += 5) {
            vigil.look(seconds(second));
        }
        trouble = null;
        vigil.look(seconds(65));
        vigil.look(seconds(70));

        assertThat(lines("the.key address: the database does not serve: nobody listens there. Everything waits"))
                .isEqualTo(1);
        assertThat(lines("the database does not serve, for 60 s now")).isEqualTo(1);
        assertThat(lines("the.key address: the database answers again, after 65 s"))
                .isEqualTo(1);
        assertThat(logged.lines()).hasSize(3);
    }

    @Test
    void aRefusalWhileRunningIsTold() {
        trouble = REFUSES;

        Vigil.whileRunning(backing).look(0);

        assertThat(lines("it refused, SQL state 28P01")).isEqualTo(1);
    }

    @Test
    void aStartDoesNotWaitForWhatRefuses() {
        trouble = REFUSES;

        assertThatThrownBy(() -> WaitAtStart.await(backing, Duration.ofHours(1)))
                .hasMessageContaining("it refused")
                .hasCauseInstanceOf(SQLException.class);
        assertThat(looks).isEqualTo(1);
        assertThat(lines("Usher waits")).isZero();
    }

    @Test
    void aStartThatMayNotWaitFailsAtOnce() {
        trouble = AWAY;

        assertThatThrownBy(() -> WaitAtStart.await(backing, Duration.ZERO))
                .hasMessageContaining("nobody listens there");
        assertThat(looks).isEqualTo(1);
    }
}
