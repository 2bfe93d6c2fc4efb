package dev.usher.token;

import java.time.Duration;
import java.time.Instant;

/**
 * An access token and its times.
 *
 * @param value what goes behind {@code Bearer}
 * @param renewAt from when on a new one is wanted, while this one still serves
 * @param expiresAt from when on it is refused
 */
record Token(String value, Instant renewAt, Instant expiresAt) {

    private static final Duration AHEAD = Duration.ofMinutes(5);

    /** Renewed five minutes before its end, or at half of its life when that is shorter. */
    static Token issued(String value, Instant now, Instant expiresAt) {
        var half = Duration.between(now, expiresAt).dividedBy(2);
        var ahead = half.compareTo(AHEAD) < 0 ? half : AHEAD;
        return new Token(value, expiresAt.minus(ahead), expiresAt);
    }

    Token renewedAt(Instant instant) {
        return new Token(value, instant, expiresAt);
    }

    @Override
    public String toString() {
        return "Token[renewAt=" + renewAt + ", expiresAt=" + expiresAt + "]";
    }
}
