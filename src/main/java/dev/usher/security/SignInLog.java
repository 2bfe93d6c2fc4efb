package dev.usher.security;

import dev.usher.audit.AuditTrail;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Writes sign-ins, sign-outs and sign-ins that failed into the audit trail. A name that does not exist is not written: it may
 * be a password typed into the wrong field. At most 60 failures a minute are written, so that nobody fills the table.
 */
@Component
final class SignInLog {

    private static final Logger LOG = LoggerFactory.getLogger(SignInLog.class);
    private static final String NOBODY = "unknown";
    private static final int MOST_A_MINUTE = 60;
    private static final int MINUTE = 60_000;

    private final AuditTrail audit;
    private final LocalUsers users;
    private final Clock clock;
    private long minute;
    private int failures;

    SignInLog(AuditTrail audit, LocalUsers users, Clock clock) {
        this.audit = audit;
        this.users = users;
        this.clock = clock;
    }

    @EventListener
    void signedIn(InteractiveAuthenticationSuccessEvent event) {
        record(event.getAuthentication().getName(), "sign in", event.getAuthentication());
    }

    @EventListener
    void signedOut(LogoutSuccessEvent event) {
        record(event.getAuthentication().getName(), "sign out", event.getAuthentication());
    }

    @EventListener
    void failed(AbstractAuthenticationFailureEvent event) {
        var name = event.getAuthentication().getName();
        if (!(event.getException() instanceof LockedException) && isAmongTheFirst()) {
            record(users.knows(name) ? name : NOBODY, "fail to sign in", event.getAuthentication());
        }
    }

    private synchronized boolean isAmongTheFirst() {
        long now = clock.millis() / MINUTE;
        failures = now == minute ? failures + 1 : 1;
        minute = now;
        return failures <= MOST_A_MINUTE;
    }

    /** Without the database nobody could sign in to see what is wrong: then only the log has it. */
    private void record(String name, String action, Authentication who) {
        try {
            audit.record(name, action, "console", from(who));
        } catch (DataAccessException e) {
            LOG.warn(
                    "Audit: the database does not take this entry: {} by {}",
                    action,
                    users.knows(name) && !name.contains("@") ? name : NOBODY);
        }
    }

    private static @Nullable String from(Authentication who) {
        return who.getDetails() instanceof WebAuthenticationDetails details
                ? "from " + details.getRemoteAddress()
                : null;
    }
}
