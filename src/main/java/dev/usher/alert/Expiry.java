package dev.usher.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;

/** Makes the alarm of a certificate or secret that ends. */
@Component
public final class Expiry {

    private final Duration before;
    private final Clock clock;

    Expiry(AlertLimits limits, Clock clock) {
        this.before = limits.expiry();
        this.clock = clock;
    }

    /**
     * Raised from {@code usher.alerts.limits.expiry} before its end on.
     *
     * @param what such as {@code graph}: the name of the registration or of the secret, never a part of it
     * @param end when it is no longer taken
     * @param todo how it is renewed
     */
    public Alarm alarm(String what, Instant end, String todo) {
        return Alarm.of("expiry:" + what, () -> {
            var left = Duration.between(clock.instant(), end);
            if (left.compareTo(before) >= 0) {
                return Sighting.clear(what + " is good until " + day(end));
            }
            var when = left.isNegative() ? "ended on " + day(end) : "ends on " + day(end);
            return Sighting.trouble(
                    what + " " + when,
                    "The certificate or secret \"" + what + "\" " + when
                            + ". After that every call that needs it is refused, and what it would have delivered waits.\n\n"
                            + "What to do: " + todo + ".");
        });
    }

    private static String day(Instant end) {
        return end.truncatedTo(ChronoUnit.DAYS).toString().substring(0, 10);
    }
}
