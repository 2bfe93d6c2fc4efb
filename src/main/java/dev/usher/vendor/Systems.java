package dev.usher.vendor;

import dev.usher.destination.Destination;
import dev.usher.destination.Destinations;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Which system an address belongs to: that of the destination, or of the directory, whose configured URL has this host and port. */
@Component
final class Systems {

    private static final String OTHER = "other";

    private final Map<String, String> byAddress = new HashMap<>();

    Systems(Destinations destinations, Environment environment) {
        for (var name : destinations.all().stream().map(Destination::name).toList()) {
            note(environment.getProperty("usher.destinations." + name + ".url"), name);
        }
        note(environment.getProperty("usher.dataverse.url"), "dataverse");
        note(environment.getProperty("usher.entra.graph-url"), Destinations.DIRECTORY);
    }

    private void note(@Nullable String url, String system) {
        if (url == null || !url.matches("https?://\\S+")) {
            return;
        }
        try {
            var uri = URI.create(url);
            if (uri.getHost() != null) {
                byAddress.put(address(uri.getHost(), uri.getPort()), system);
            }
        } catch (IllegalArgumentException e) {
            // a placeholder that is resolved later: its calls count as others
        }
    }

    /** The system's name; {@code other} for an address that is none of those. @param port -1 for the scheme's own */
    String at(String host, int port) {
        var exact = byAddress.get(address(host, port));
        return exact == null ? byAddress.getOrDefault(address(host, -1), OTHER) : exact;
    }

    private static String address(String host, int port) {
        return host + ':' + port;
    }
}
