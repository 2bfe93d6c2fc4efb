package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class TelltalesTest {

    private final Telltales telltales = new Telltales(Set.of("Ada", "Given\\d+"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "to ada@example.org",
                "Authorization: Bearer abc",
                "key rk_test_sandbox",
                "sandbox0key-us19",
                "sandbox-client-secret",
                "sandbox-only-hash-key",
                "sandbox-webhook-secret",
                "name Ada",
                "Given17 Family17"
            })
    void whatALogMustNotHoldIsFound(String line) {
        assertThat(telltales.in(Stream.of("a harmless line", line))).containsExactly(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCRAM@1a2b3c", "deliver.stripe took 12 ms", "Adapter", "Settings: hash-key=set"})
    void whatItMayHoldIsNot(String line) {
        assertThat(telltales.in(Stream.of(line))).isEmpty();
    }

    @Test
    void everythingLoggedIsHeardAlsoAfterTheLoggingWasSetUpAnew() throws Exception {
        var logging = (LoggerContext) LoggerFactory.getILoggerFactory();
        try (var log = new Printed()) {
            logging.stop();
            logging.reset();
            new ContextInitializer(logging).autoConfig();
            LoggerFactory.getLogger("org.acme").error("to ada@example.org", new IllegalStateException("Given1"));

            assertThat(telltales.in(log.lines()))
                    .hasSize(2)
                    .anyMatch(line -> line.contains("org.acme") && line.endsWith("to ada@example.org"))
                    .contains("java.lang.IllegalStateException: Given1");
        }
    }
}
