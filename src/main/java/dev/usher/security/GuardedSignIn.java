package dev.usher.security;

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
 * Checks names and passwords, of the sign-in page and of HTTP Basic. Who fails too often, by name or by address, is refused
 * for a while before the password is looked at; and few passwords are looked at at a time, because each costs the processor
 * a tenth of a second.
 */
final class GuardedSignIn implements AuthenticationProvider {

    private static final int AT_ONCE = 2;
    private static final long PATIENCE = 5;

    private final AuthenticationProvider passwords;
    private final Throttle names;
    private final Throttle addresses;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    GuardedSignIn(AuthenticationProvider passwords, Throttle names, Throttle addresses) {
        this.passwords = passwords;
        this.names = names;
        this.addresses = addresses;
    }

    /** @throws LockedException when the password was not looked at */
    @Override
    public Authentication authenticate(Authentication given) {
        var name = digest(given.getName());
        var address = address(given);
        if (names.refuses(name) || addresses.refuses(address)) {
            throw new LockedException("too many failures");
        }
        try {
            var signedIn = checked(given);
            names.succeeded(name);
            addresses.succeeded(address);
            return signedIn;
        } catch (LockedException e) {
            throw e;
        } catch (AuthenticationException e) {
            names.failed(name);
            addresses.failed(address);
            throw e;
        }
    }

    private Authentication checked(Authentication given) {
        try {
            if (!turns.tryAcquire(PATIENCE, TimeUnit.SECONDS)) {
                throw new LockedException("too many sign-ins at once");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LockedException("the process stops", e);
        }
        try {
            return passwords.authenticate(given);
        } finally {
            turns.release();
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

    /** One household has 2^64 addresses of IPv6: they count as one. */
    private static String address(Authentication given) {
        var address = given.getDetails() instanceof WebAuthenticationDetails details ? details.getRemoteAddress() : "";
        var groups = address.split(":", -1);
        return groups.length < 8
                ? address
                : String.join(":", java.util.List.of(groups).subList(0, 4));
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
