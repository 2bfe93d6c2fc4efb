package dev.usher.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RareWarningsTest {

    private final AtomicLong now = new AtomicLong();
    private final RareWarnings warnings = new RareWarnings(now::get);

    @Test
    void eachKindIsToldOnceAMinuteWithItsNumberAndWithoutItsWords(CapturedOutput output) {
        var failure = new IllegalStateException("outer", new SQLException("ada@example.test", "08006"));
        for (int i = 0; i < 100; i++) {
            warnings.tell("It failed", failure);
        }
        warnings.tell("It failed", new IllegalArgumentException());
        now.set(Duration.ofSeconds(61).toNanos());
        warnings.tell("It failed", failure);

        assertThat(output.getAll().lines().map(line -> line.replaceAll(".*(It failed.*)", "$1")))
                .containsExactly(
                        "It failed: SQLException (SQL state 08006)",
                        "It failed: IllegalArgumentException",
                        "It failed: SQLException (SQL state 08006); 99 more since the last line");
    }
}
