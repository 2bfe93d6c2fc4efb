package dev.usher.security;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** By which doors people come in: name and password, Entra, both, or none. */
@Component
final class Doors {

    private static final Logger LOG = LoggerFactory.getLogger(Doors.class);

    private final boolean local;
    private final boolean entra;

    Doors(LocalUsers users, SecuritySettings settings) {
        this.local = !users.isEmpty();
        this.entra = settings.entra().isUsed();
    }

    /** Whether there is somebody who signs in by name and password. */
    boolean isLocalOpen() {
        return local;
    }

    boolean isEntraOpen() {
        return entra;
    }

    @EventListener(ApplicationReadyEvent.class)
    void tell() {
        if (!local && !entra) {
            LOG.warn("The console is closed: nobody may sign in. Make a user with java -jar usher.jar hash-password and"
                    + " put it into config/security.yaml, or set usher.security.entra. Deliveries run as usual.");
        }
    }
}
