package dev.usher.startup;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.PortInUseException;

/** A port that another process has. */
final class PortAnalysis extends Analysis {

    @Override
    @Nullable
    Finding ofCause(Throwable cause) {
        return cause instanceof PortInUseException taken
                ? new Finding(
                        "Port " + taken.getPort() + " is taken by another process.",
                        "End that process (another Usher?), or move Usher: server.port (USHER_PORT) for webhooks and"
                                + " console, management.server.port (USHER_MANAGEMENT_PORT) for health and metrics.")
                : null;
    }
}
