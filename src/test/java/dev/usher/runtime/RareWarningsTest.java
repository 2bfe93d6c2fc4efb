package dev.usher.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.Logged;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RareWarningsTest {

    private final AtomicLong now = new AtomicLong();
    private final RareWarnings warnings = new RareWarnings(now::get);

    @Test
    void eachKindIsToldOnceAMinuteWithItsNumberAndWithoutItsWords() {
        try (var logged = new Logged(RareWarnings.class)) {
            var failure = new IllegalStateException("outer", new SQLException("ada@example.test", "08006"));
            for (int i = 0; i < 100; i++) {
                warnings.tell("It failed", failure);
            }
            warnings.tell("It failed", new IllegalArgumentException());
            now.set(Duration.ofSeconds(61).toNanos());
            warnings.tell("It failed", failure);

            assertThat(logged.lines())
                    .containsExactly(
                            "It failed: SQLException (SQL state 08006)",
                            "It failed: IllegalArgumentException",
                            "It failed: SQLException (SQL state 08006); 99 more since the last line");
        }
    }
}
