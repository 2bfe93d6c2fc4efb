package dev.usher.alert;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says once, at the start, that nobody will hear of alarms. */
@Component
final class Silence {

    private static final Logger LOG = LoggerFactory.getLogger(Silence.class);

    private final AlertSettings settings;

    Silence(AlertSettings settings) {
        this.settings = settings;
    }

    @EventListener(ApplicationReadyEvent.class)
    void tell() {
        if (settings.isSilent()) {
            LOG.warn("Alarms are only logged: set usher.alerts.to (or ALERTS_TO) to get them by mail, or"
                    + " usher.alerts.webhooks.slack.to, .teams.to or .json.to");
        }
    }
}
