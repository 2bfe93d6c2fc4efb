package dev.usher.alert;

import java.time.Duration;
import java.util.ArrayList;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How alarms are told: {@code usher.alerts}.
 *
 * @param to the administrator's address, several divided by commas; blank when alarms are only logged
 * @param digest how long news is collected after a mail before the next mail of the same alarm; default 15 minutes
 */
@ConfigurationProperties("usher.alerts")
record AlertSettings(
        @DefaultValue("") String to,
        @DefaultValue("15m") Duration digest,
        @DefaultValue Retry retry) {

    /**
     * @param first delay after the first try that failed; it doubles with each; default 10 s
     * @param most longest delay; default 15 minutes
     */
    record Retry(
            @DefaultValue("10s") Duration first,
            @DefaultValue("15m") Duration most) {

        /** The delay after so many tries that failed, at least 1. */
        Duration after(int tries) {
            var grown = first.multipliedBy(1L << Math.min(tries - 1, 20));
            return grown.compareTo(most) > 0 ? most : grown;
        }
    }

    AlertSettings {
        var faults = new ArrayList<String>();
        if (!to.isBlank() && !to.matches("[^@\\s,]+@[^@\\s,]+(\\s*,\\s*[^@\\s,]+@[^@\\s,]+)*")) {
            faults.add("usher.alerts.to is no e-mail address: set one, or several divided by commas");
        }
        if (digest.isNegative() || digest.isZero()) {
            faults.add("usher.alerts.digest is " + digest + ": it must be longer than 0s");
        }
        if (retry.first().isNegative() || retry.first().isZero()) {
            faults.add("usher.alerts.retry.first is " + retry.first() + ": it must be longer than 0s");
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", faults));
        }
    }

    boolean isSilent() {
        return to.isBlank();
    }
}
