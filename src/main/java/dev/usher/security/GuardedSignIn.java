package dev.usher.security;

import dev.usher.caller.Network;
import dev.usher.caller.Places;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Checks names and passwords, of the sign-in page and of HTTP Basic. Who fails too often is refused for a while before the
 * password is looked at; and few passwords are looked at at a time, because each costs the processor a tenth of a second.
 */
final class GuardedSignIn implements AuthenticationProvider {

    private static final int AT_ONCE = 2;
    private static final long PATIENCE = 5;
    /** How many wait for their turn, in all and of one address. */
    private static final int WAITING = 32;

    private static final int WAITING_OF_ONE = 8;

    private final AuthenticationProvider passwords;
    private final SignInThrottles throttles;
    private final Places waiting = new Places(WAITING, WAITING_OF_ONE);
    private final Semaphore turns = new Semaphore(AT_ONCE);

    GuardedSignIn(AuthenticationProvider passwords, SignInThrottles throttles) {
        this.passwords = passwords;
        this.throttles = throttles;
    }

    /** @throws LockedException when the password was not looked at */
    @Override
    public Authentication authenticate(Authentication given) {
        var name = digest(given.getName());
        var address = address(given);
        refuse(name, address);
        if (!waiting.enter(address)) {
            throw new LockedException("too many sign-ins at once");
        }
        try {
            return inTurn(name, address, given);
        } finally {
            waiting.leave(address);
        }
    }

    private void refuse(String name, String address) {
        if (throttles.refuse(name, address)) {
            throw new LockedException("too many failures");
        }
    }

    private Authentication inTurn(String name, String address, Authentication given) {
        try {
            if (!turns.tryAcquire(PATIENCE, TimeUnit.SECONDS)) {
                throw new LockedException("too many sign-ins at once");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LockedException("the process stops", e);
        }
        try {
            // those that were here before may have failed meanwhile
            refuse(name, address);
            return checked(name, address, given);
        } finally {
            turns.release();
        }
    }

    private Authentication checked(String name, String address, Authentication given) {
        try {
            var signedIn = passwords.authenticate(given);
            throttles.succeeded(name, address);
            return signedIn;
        } catch (AuthenticationException e) {
            throttles.failed(name, address);
            throw e;
        }
    }

    /** What was typed may be a password in the wrong field: only its hash is remembered. */
    private static String digest(String name) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256; use a complete JDK or JRE", e);
        }
    }

    private static String address(Authentication given) {
        return Network.of(
                given.getDetails() instanceof WebAuthenticationDetails details ? details.getRemoteAddress() : "");
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
