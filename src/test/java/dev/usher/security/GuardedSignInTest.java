package dev.usher.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.usher.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Guessing: in a row, all at once, from one address and from many. */
class GuardedSignInTest {

    private static final String HERE = "192.0.2.1";
    private static final String THERE = "203.0.113.7";
    private static final SecuritySettings.Limits LIMITS =
            new SecuritySettings.Limits(5, 20, 100, Duration.ofSeconds(30), Duration.ofMinutes(15));

    private final TestClock clock = new TestClock();
    private final Passwords passwords = new Passwords();
    private final GuardedSignIn signIn = new GuardedSignIn(passwords, new SignInThrottles(LIMITS, clock));

    /** Everybody's password is "right". */
    private static final class Passwords implements AuthenticationProvider {

        private final AtomicInteger looks = new AtomicInteger();
        private volatile CountDownLatch gate = new CountDownLatch(0);

        @Override
        public Authentication authenticate(Authentication given) {
            looks.incrementAndGet();
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            if (!"right".equals(given.getCredentials())) {
                throw new BadCredentialsException("wrong");
            }
            return UsernamePasswordAuthenticationToken.authenticated(given.getName(), null, List.of());
        }

        @Override
        public boolean supports(Class<?> type) {
            return true;
        }
    }

    private Authentication come(String name, String password, String address) {
        var given = UsernamePasswordAuthenticationToken.unauthenticated(name, password);
        given.setDetails(new WebAuthenticationDetails(address, null));
        return signIn.authenticate(given);
    }

    private void fail(String name, String address) {
        assertThatThrownBy(() -> come(name, "wrong", address)).isInstanceOf(AuthenticationException.class);
    }

    private void assertRefused(String name, String address) {
        int before = passwords.looks.get();
        assertThatThrownBy(() -> come(name, "right", address)).isInstanceOf(LockedException.class);
        assertThat(passwords.looks.get()).isEqualTo(before);
    }

    /** Lets all try at the same moment: none is told the outcome before all who may wait do. */
    private void allAtOnce(int many, IntFunction<Runnable> tries) throws InterruptedException {
        passwords.gate = new CountDownLatch(1);
        var threads = IntStream.range(0, many)
                .mapToObj(i -> new Thread(tries.apply(i)))
                .toList();
        threads.forEach(Thread::start);
        await("all have come")
                .atMost(Duration.ofSeconds(4))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> threads.stream()
                        .map(Thread::getState)
                        .allMatch(
                                List.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.TERMINATED)
                                        ::contains));
        passwords.gate.countDown();
        for (var thread : threads) {
            thread.join(Duration.ofSeconds(10).toMillis());
        }
    }

    @Test
    void aBurstOfGuessesIsWorthNoMoreThanARow() throws InterruptedException {
        allAtOnce(50, i -> () -> fail("olga", THERE));

        // two passwords are looked at at a time
        assertThat(passwords.looks.get()).isBetween(5, 6);
        assertRefused("olga", THERE);
    }

    @Test
    void aBurstFromOneAddressKeepsNobodyElseWaiting() throws InterruptedException {
        var signedIn = new AtomicInteger();
        allAtOnce(60, i -> () -> {
            if (i == 59) {
                come("olga", "right", HERE);
                signedIn.incrementAndGet();
            } else {
                fail("name " + i, THERE);
            }
        });

        assertThat(signedIn.get()).isOne();
    }

    @Test
    void aStrangersGuessesKeepNobodyOut() {
        for (int i = 0; i < 10; i++) {
            fail("olga", THERE);
        }

        assertRefused("olga", THERE);
        assertThat(come("olga", "right", HERE).isAuthenticated()).isTrue();
    }

    @Test
    void anAddressThatTriesManyNamesIsRefused() {
        for (int i = 0; i < 20; i++) {
            fail("name " + i, THERE);
        }

        assertRefused("olga", THERE);
        assertThat(come("olga", "right", HERE).isAuthenticated()).isTrue();
    }

    @Test
    void aSuccessOfTheirOwnForgivesAnAddressNothingElse() {
        for (int i = 0; i < 20; i++) {
            if (i % 4 == 3) {
                come("victor", "right", THERE);
            }
            fail("name " + i, THERE);
        }

        assertRefused("victor", THERE);
    }

    @Test
    void aNameGuessedFromEverywhereIsRefusedButForAddressesItCameFrom() {
        come("olga", "right", HERE);
        for (int i = 0; i < 100; i++) {
            fail("olga", "203.0.113." + i);
        }

        assertRefused("olga", "198.51.100.1");
        assertThat(come("olga", "right", HERE).isAuthenticated()).isTrue();
        clock.advance(Duration.ofSeconds(30));
        assertThat(come("olga", "right", "198.51.100.1").isAuthenticated()).isTrue();
    }

    @Test
    void fiveFailuresInARowCloseTheDoorForHalfAMinute() {
        for (int i = 0; i < 4; i++) {
            fail("olga", HERE);
        }
        come("olga", "right", HERE);
        for (int i = 0; i < 5; i++) {
            fail("olga", HERE);
        }

        assertRefused("olga", HERE);
        clock.advance(Duration.ofSeconds(30));
        assertThat(come("olga", "right", HERE).isAuthenticated()).isTrue();
    }
}
