package dev.usher.retention;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long rows are kept: {@code usher.retention}. Nothing, {@code 0d}, is for ever.
 *
 * @param deliveries rows of the delivery log, since the try; default 90 days
 * @param handEdits what deep reconciliations found, since then; default 90 days
 * @param deadLetters dead letters that are closed, since they were; default 90 days. Open ones stay
 * @param audit entries of the audit trail, since then; default 730 days
 */
@ConfigurationProperties("usher.retention")
record RetentionSettings(
        @DefaultValue("90d") Duration deliveries,
        @DefaultValue("90d") Duration handEdits,
        @DefaultValue("90d") Duration deadLetters,
        @DefaultValue("730d") Duration audit) {

    RetentionSettings {
        Map.of("deliveries", deliveries, "hand-edits", handEdits, "dead-letters", deadLetters, "audit", audit)
                .forEach((key, time) -> {
                    if (time.isNegative()) {
                        throw new IllegalArgumentException("usher.retention." + key + " is " + time
                                + ": set a time, or 0d to keep everything for ever");
                    }
                });
    }
}
