package dev.usher.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.TestClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CachedTokenTest {

    private final TestClock clock = new TestClock();
    private final AtomicInteger fetches = new AtomicInteger();
    private Duration lifetime = Duration.ofSeconds(3599);
    private boolean broken;
    private final CachedToken token = new CachedToken("test", this::fetch, clock);

    @Test
    void oneTokenServesUntilFiveMinutesBeforeItsEnd() throws Exception {
        assertThat(token.value()).isEqualTo("token-1");

        clock.advance(lifetime.minusMinutes(5).minusMillis(1));

        assertThat(token.value()).isEqualTo("token-1");
    }

    @Test
    void itIsRenewedFiveMinutesBeforeItsEnd() throws Exception {
        token.value();

        clock.advance(lifetime.minusMinutes(5));
        token.value();

        assertThat(token.value()).isEqualTo("token-2");
        assertThat(fetches).hasValue(2);
    }

    @Test
    void aShortTokenIsRenewedAtHalfItsLife() throws Exception {
        lifetime = Duration.ofSeconds(60);
        token.value();

        clock.advance(Duration.ofSeconds(29));
        token.value();
        assertThat(fetches).hasValue(1);
        clock.advance(Duration.ofSeconds(1));
        token.value();

        assertThat(fetches).hasValue(2);
    }

    @Test
    void whileOneCallerRenewsTheOthersUseTheOldToken() throws Exception {
        var asked = new CountDownLatch(1);
        var answered = new CountDownLatch(1);
        var slow = new CachedToken(
                "test",
                () -> {
                    if (fetches.get() > 0) {
                        asked.countDown();
                        waitFor(answered);
                    }
                    return fetch();
                },
                clock);
        slow.value();
        clock.advance(lifetime.minusMinutes(1));
        var renewer = Executors.newSingleThreadExecutor();
        var renewal = renewer.submit(slow::value);
        assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();

        var meanwhile = slow.value();
        answered.countDown();
        renewal.get();
        renewer.shutdown();

        assertThat(meanwhile).isEqualTo("token-1");
        assertThat(slow.value()).isEqualTo("token-2");
    }

    @Test
    void aFailedRenewalKeepsTheOldTokenAndIsTriedAgainLater() throws Exception {
        token.value();
        clock.advance(lifetime.minusMinutes(4));
        broken = true;

        assertThat(token.value()).isEqualTo("token-1");
        assertThat(token.value()).isEqualTo("token-1");
        assertThat(fetches).hasValue(2);
        broken = false;
        clock.advance(Duration.ofSeconds(30));
        token.value();

        assertThat(token.value()).isEqualTo("token-3");
    }

    @Test
    void anExpiredTokenIsNotUsedWhenTheEndpointIsDown() throws Exception {
        token.value();
        clock.advance(lifetime);
        broken = true;

        assertThatThrownBy(token::value).isInstanceOf(IOException.class).hasMessage("down");
    }

    @Test
    void manyCallersCostOneFetch() throws Exception {
        var callers = Executors.newFixedThreadPool(20);

        var values = Collections.nCopies(200, (Callable<String>) token::value);

        for (var value : callers.invokeAll(values)) {
            assertThat(value.get()).isEqualTo("token-1");
        }
        callers.shutdown();
        assertThat(fetches).hasValue(1);
    }

    @Test
    void tenFailuresWithOneTokenCostOneNewToken() throws Exception {
        var failed = token.value();
        var seen = new ArrayList<String>();

        for (var i = 0; i < 10; i++) {
            token.drop(failed);
            seen.add(token.value());
        }

        assertThat(seen).containsOnly("token-2");
    }

    private Token fetch() throws IOException {
        var number = fetches.incrementAndGet();
        if (broken) {
            throw new IOException("down");
        }
        return Token.issued("token-" + number, clock.instant(), clock.instant().plus(lifetime));
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
