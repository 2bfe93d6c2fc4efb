package dev.usher.alert;

import java.time.ZoneOffset;
import java.util.List;
import org.springframework.stereotype.Component;

/** One for each secret whose end stands in {@code usher.alerts.expiries}. */
@Component
final class ExpiryAlarms implements Alarms {

    private final AlertSettings settings;
    private final Expiry expiry;

    ExpiryAlarms(AlertSettings settings, Expiry expiry) {
        this.settings = settings;
        this.expiry = expiry;
    }

    @Override
    public List<Alarm> each() {
        return settings.ends().entrySet().stream()
                .map(
                        entry -> expiry.alarm(
                                entry.getKey(),
                                entry.getValue().atStartOfDay(ZoneOffset.UTC).toInstant(),
                                "make a new one, put it in its place, restart Usher, and write its end to usher.alerts.expiries"))
                .toList();
    }
}
