package dev.usher.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.session.MapSession;

class SessionStoreTest {

    private final SessionStore store = store(Clock.systemUTC());

    private static SessionStore store(Clock clock) {
        return new SessionStore(
                new SecuritySettings.Sessions(Duration.ofMinutes(30), Duration.ofHours(12), 2, 10), clock);
    }

    private static MapSession signedIn(SessionStore store, String name) {
        var session = store.createSession();
        session.setAttribute(
                HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY,
                new SecurityContextImpl(
                        UsernamePasswordAuthenticationToken.authenticated(name, null, Role.VIEWER.authorities())));
        store.save(session);
        return session;
    }

    @Test
    void aSessionThatWasEndedIsNotBroughtBackByARequestThatStillRuns() {
        var session = signedIn(store, "ada");
        var ofASlowRequest = store.findById(session.getId());

        store.deleteById(session.getId());
        store.save(ofASlowRequest);

        assertThat(store.findById(session.getId())).isNull();
    }

    @Test
    void theOldIdIsWorthNothingAfterAChange() {
        var session = signedIn(store, "ada");
        var before = session.getId();

        session.changeSessionId();
        store.save(session);

        assertThat(store.findById(before)).isNull();
        assertThat(store.findById(session.getId())).isNotNull();
    }

    @Test
    void oneMoreThanAUserMayHaveEndsTheOldest() {
        var first = signedIn(store, "ada");
        var second = signedIn(store, "ada");
        var other = signedIn(store, "bob");
        second.setLastAccessedTime(first.getLastAccessedTime().plusSeconds(1));
        store.save(second);

        var third = signedIn(store, "ada");

        assertThat(store.findById(first.getId())).isNull();
        assertThat(store.findById(second.getId())).isNotNull();
        assertThat(store.findById(third.getId())).isNotNull();
        assertThat(store.findById(other.getId())).isNotNull();
    }

    @Test
    void visitorsNeverPushOutWhoHasSignedIn() {
        var ada = signedIn(store, "ada");

        for (int i = 0; i < 1000; i++) {
            store.createSession();
        }

        assertThat(store.size()).isEqualTo(10);
        assertThat(store.findById(ada.getId())).isNotNull();
    }

    @Test
    void noSessionOutlivesTheLongestTime() {
        var young = store(Clock.systemUTC());
        var session = signedIn(young, "ada");
        assertThat(young.findById(session.getId())).isNotNull();

        var old = store(Clock.offset(Clock.systemUTC(), Duration.ofHours(13)));

        assertThat(old.findById(signedIn(old, "ada").getId())).isNull();
    }
}
