package dev.usher.alert;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * From when on something is trouble: {@code usher.alerts.limits}. All are longer than nothing.
 *
 * @param paused how long a destination may be without an answer; default 15 minutes
 * @param queueAge how old the oldest message of a queue may be that waits for its turn; default 1 hour
 * @param sourceLate how late after its time the newest record of a source may be seen; default 45 minutes
 * @param sourceStuck how long ago a source may have been read last; default 10 minutes
 * @param silence the shortest time without a record that is told; default 2 hours
 * @param rhythm how many times the usual longest silence may last; at least 1, default 2
 * @param expiry how long before its end a certificate or a secret is told of; default 30 days
 * @param webhook how often Dataverse is asked about the webhook; a call it failed to make counts for an hour, or for so
 *     long; default 15 minutes
 * @param registration how often Graph is asked when the secrets of Usher's app registration end; default 1 hour
 */
@ConfigurationProperties("usher.alerts.limits")
public record AlertLimits(
        @DefaultValue("15m") Duration paused,
        @DefaultValue("1h") Duration queueAge,
        @DefaultValue("45m") Duration sourceLate,
        @DefaultValue("10m") Duration sourceStuck,
        @DefaultValue("2h") Duration silence,
        @DefaultValue("2") double rhythm,
        @DefaultValue("30d") Duration expiry,
        @DefaultValue("15m") Duration webhook,
        @DefaultValue("1h") Duration registration) {

    public AlertLimits {
        var limits = new LinkedHashMap<String, Duration>();
        limits.put("paused", paused);
        limits.put("queue-age", queueAge);
        limits.put("source-late", sourceLate);
        limits.put("source-stuck", sourceStuck);
        limits.put("silence", silence);
        limits.put("expiry", expiry);
        limits.put("webhook", webhook);
        limits.put("registration", registration);
        var faults = new ArrayList<String>();
        limits.forEach((name, limit) -> {
            if (limit.isNegative() || limit.isZero()) {
                faults.add("usher.alerts.limits." + name + " is " + limit + ": it must be longer than 0s");
            }
        });
        if (!(rhythm >= 1)) {
            faults.add("usher.alerts.limits.rhythm is " + rhythm + ": it must be 1 or more");
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", faults));
        }
    }
}
