package dev.usher.security;

import dev.usher.audit.AuditTrail;
import dev.usher.caller.Network;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
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
 * be a password typed into the wrong field. What strangers fail at is one entry a minute for each address, and for all
 * addresses beyond the first ten; failures of names that exist are bounded by {@link SignInThrottles}, and each is written.
 */
@Component
final class SignInLog {

    private static final Logger LOG = LoggerFactory.getLogger(SignInLog.class);
    private static final String NOBODY = "unknown";
    private static final String FAILURE = "fail to sign in";
    private static final String TARGET = "console";
    private static final String ELSEWHERE = "other addresses";
    private static final int ADDRESSES = 10;
    private static final int MINUTE = 60_000;

    private final AuditTrail audit;
    private final LocalUsers users;
    private final Clock clock;
    private final Map<String, Strangers> strangers = new HashMap<>();
    private long minute;

    /** One entry. @param times how often somebody failed in this minute */
    private record Strangers(long entry, int times) {}

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
        var who = event.getAuthentication();
        if (event.getException() instanceof LockedException) {
            return;
        }
        if (users.knows(who.getName())) {
            record(who.getName(), FAILURE, who);
        } else {
            try {
                countStranger(address(who));
            } catch (DataAccessException e) {
                warn(FAILURE, NOBODY);
            }
        }
    }

    private synchronized void countStranger(@Nullable String address) {
        long now = clock.millis() / MINUTE;
        if (now != minute) {
            strangers.clear();
            minute = now;
        }
        var network = address == null ? ELSEWHERE : Network.of(address);
        var from = strangers.containsKey(network) || strangers.size() < ADDRESSES ? network : ELSEWHERE;
        var before = strangers.get(from);
        if (before == null) {
            strangers.put(from, new Strangers(audit.begin(NOBODY, FAILURE, TARGET, "from " + from), 1));
        } else {
            int times = before.times() + 1;
            audit.amend(before.entry(), "from " + from + ", " + times + " times in a minute");
            strangers.put(from, new Strangers(before.entry(), times));
        }
    }

    /** Without the database nobody could sign in to see what is wrong: then only the log has it. */
    private void record(String name, String action, Authentication who) {
        var address = address(who);
        try {
            audit.record(name, action, TARGET, address == null ? null : "from " + address);
        } catch (DataAccessException e) {
            warn(action, users.knows(name) && !name.contains("@") ? name : NOBODY);
        }
    }

    private static void warn(String action, String name) {
        LOG.warn("Audit: the database does not take this entry: {} by {}", action, name);
    }

    private static @Nullable String address(Authentication who) {
        return who.getDetails() instanceof WebAuthenticationDetails details ? details.getRemoteAddress() : null;
    }
}
