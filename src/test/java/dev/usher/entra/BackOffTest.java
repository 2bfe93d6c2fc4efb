package dev.usher.entra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.TestClock;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackOffTest {

    private final TestClock clock = new TestClock();
    private final BackOff backOff = new BackOff(clock);

    @ParameterizedTest
    @CsvSource({"7,PT7S", "0,PT0S", "86400,PT15M", "soon,PT5S", "-3,PT5S"})
    void retryAfterIsObeyedUpToAQuarterOfAnHour(String retryAfter, Duration wait) {
        assertThat(waited(http(429, retryAfter))).isEqualTo(wait);
    }

    @Test
    void retryAfterMayBeADate() {
        var date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                clock.instant().plusSeconds(42).atOffset(ZoneOffset.UTC));

        assertThat(waited(http(503, date))).isEqualTo(Duration.ofSeconds(42));
    }

    @ParameterizedTest
    @CsvSource({"429,PT5M", "403,PT5M", "503,PT30S"})
    void withoutRetryAfterTheWaitDoublesUpToItsLimit(int status, Duration most) {
        assertThat(waited(http(status, null))).isEqualTo(Duration.ofSeconds(5));
        assertThat(waited(http(status, null))).isEqualTo(Duration.ofSeconds(10));
        for (var i = 0; i < 20; i++) {
            waited(http(status, null));
        }

        assertThat(waited(http(status, null))).isEqualTo(most);
        assertThat(waited(new IOException("cut"))).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aSuccessEndsTheWaiting() {
        backOff.failed(http(429, "60"));
        backOff.failed(http(429, "60"));
        assertThat(backOff.waiting()).isTrue();

        backOff.succeeded();

        assertThat(backOff.waiting()).isFalse();
        assertThat(waited(http(429, null))).isEqualTo(Duration.ofSeconds(5));
    }

    private Duration waited(Exception failure) {
        return Duration.between(clock.instant(), backOff.failed(failure));
    }

    private static HttpOperationFailedException http(int status, String retryAfter) {
        return new HttpOperationFailedException(
                "/v1.0/auditLogs",
                status,
                "",
                null,
                retryAfter == null ? Map.of() : Map.of("Retry-After", retryAfter),
                null);
    }
}
