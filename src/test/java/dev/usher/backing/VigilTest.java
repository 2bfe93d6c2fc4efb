package dev.usher.backing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class VigilTest {

    private static final Trouble AWAY = Trouble.noConnection(new SQLException("", "08001", new ConnectException()));
    private static final Trouble REFUSES =
            Trouble.refusal("it refused, SQL state 28P01", new SQLException("", "28P01"));

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

    private static long lines(CapturedOutput output, String text) {
        return output.getAll().lines().filter(line -> line.contains(text)).count();
    }

    @Test
    void whatIsWellIsNotTold(CapturedOutput output) {
        Vigil.whileRunning(backing).look(0);

        assertThat(output.getAll()).isEmpty();
    }

    @Test
    void aLossIsToldOnceAndThenEveryMinuteAndItsEndOnce(CapturedOutput output) {
        var vigil = Vigil.whileRunning(backing);
        trouble = AWAY;
        for (int second = 0; second < 65; second += 5) {
            vigil.look(seconds(second));
        }
        trouble = null;
        vigil.look(seconds(65));
        vigil.look(seconds(70));

        assertThat(lines(
                        output, "the.key address: the database does not serve: nobody listens there. Everything waits"))
                .isEqualTo(1);
        assertThat(lines(output, "the database does not serve, for 60 s now")).isEqualTo(1);
        assertThat(lines(output, "the.key address: the database answers again, after 65 s"))
                .isEqualTo(1);
        assertThat(output.getAll().lines()).hasSize(3);
    }

    @Test
    void aRefusalWhileRunningIsTold(CapturedOutput output) {
        trouble = REFUSES;

        Vigil.whileRunning(backing).look(0);

        assertThat(output.getAll()).contains("it refused, SQL state 28P01");
    }

    @Test
    void aStartDoesNotWaitForWhatRefuses(CapturedOutput output) {
        trouble = REFUSES;

        assertThatThrownBy(() -> WaitAtStart.await(backing, Duration.ofHours(1)))
                .hasMessageContaining("it refused")
                .hasCauseInstanceOf(SQLException.class);
        assertThat(looks).isEqualTo(1);
        assertThat(output.getAll()).doesNotContain("Usher waits");
    }

    @Test
    void aStartThatMayNotWaitFailsAtOnce() {
        trouble = AWAY;

        assertThatThrownBy(() -> WaitAtStart.await(backing, Duration.ZERO))
                .hasMessageContaining("nobody listens there");
        assertThat(looks).isEqualTo(1);
    }
}
