package dev.usher.token;

import dev.usher.gather.Attempt;
import dev.usher.gather.Gather;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The token of one registration: fetched once for all who wait, renewed by one caller while the old one still serves. */
final class CachedToken {

    private static final Logger log = LoggerFactory.getLogger(CachedToken.class);
    private static final Duration PAUSE_AFTER_FAILED_RENEWAL = Duration.ofSeconds(30);
    private static final int EVERYBODY = Integer.MAX_VALUE;

    private final String name;
    private final TokenSource source;
    private final Clock clock;
    private final Gather<String, Attempt<Token>> fetches;
    private final AtomicBoolean renewing = new AtomicBoolean();
    private volatile @Nullable Token current;

    CachedToken(String name, TokenSource source, Clock clock) {
        this.name = name;
        this.source = source;
        this.clock = clock;
        this.fetches = new Gather<>("tokens-" + name, EVERYBODY, 1, keys -> Collections.nCopies(keys.size(), fetch()));
    }

    String value() throws IOException, HttpOperationFailedException {
        var now = clock.instant();
        var token = current;
        if (token == null || !now.isBefore(token.expiresAt())) {
            return fetches.call(name)
                    .get(IOException.class, HttpOperationFailedException.class)
                    .value();
        }
        if (!now.isBefore(token.renewAt()) && renewing.compareAndSet(false, true)) {
            try {
                renew(token);
            } finally {
                renewing.set(false);
            }
        }
        return token.value();
    }

    /** Forgets this token, and no other that has come since. */
    synchronized void drop(String value) {
        var token = current;
        if (token != null && token.value().equals(value)) {
            current = null;
        }
    }

    private Attempt<Token> fetch() {
        var now = clock.instant();
        var token = current;
        if (token != null && now.isBefore(token.expiresAt())) {
            return Attempt.succeeded(token); // fetched for the batch before this one
        }
        try {
            token = source.fetch();
            current = token;
            return Attempt.succeeded(token);
        } catch (IOException | HttpOperationFailedException e) {
            return Attempt.failed(e);
        }
    }

    private void renew(Token old) {
        try {
            current = source.fetch();
        } catch (IOException | HttpOperationFailedException e) {
            log.warn("Token {} was not renewed and serves until {}: {}", name, old.expiresAt(), e.getMessage());
            postpone(old);
        }
    }

    private synchronized void postpone(Token old) {
        if (current == old) {
            current = old.renewedAt(clock.instant().plus(PAUSE_AFTER_FAILED_RENEWAL));
        }
    }
}
