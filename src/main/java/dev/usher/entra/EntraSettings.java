package dev.usher.entra;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the directory is and which of its attributes Usher reads: {@code usher.entra}.
 *
 * @param graphUrl Graph's base, ending in /v1.0; plain http only for a loopback address
 * @param extensionsAppId the application id of the tenant's b2c-extensions-app, with or without dashes; null when no
 *     extension attribute is used
 * @param attributes short names of the extension attributes to read, such as {@code marketingConsent}
 * @param timeout how long Graph may take to answer, or to go on answering; default 15 s
 */
@ConfigurationProperties("usher.entra")
record EntraSettings(
        @DefaultValue("https://graph.microsoft.com/v1.0") URI graphUrl,
        @Nullable String extensionsAppId,
        @DefaultValue List<String> attributes,
        @DefaultValue("15s") Duration timeout) {

    EntraSettings {
        extensionsAppId = extensionsAppId == null || extensionsAppId.isBlank()
                ? null
                : extensionsAppId.strip().replace("-", "");
        attributes = List.copyOf(attributes);
        var faults = new ArrayList<String>();
        if (timeout.isNegative() || timeout.isZero()) {
            faults.add("usher.entra.timeout is " + timeout + ": it must be longer than nothing, such as 15s");
        }
        if (!isGraph(graphUrl)) {
            faults.add("usher.entra.graph-url is '" + graphUrl
                    + "': it must be https://<host>/v1.0 (http only for localhost or 127.0.0.1)");
        }
        if (extensionsAppId != null && !extensionsAppId.matches("[0-9A-Fa-f]{32}")) {
            faults.add("usher.entra.extensions-app-id is '" + extensionsAppId
                    + "': it must be the application (client) id of b2c-extensions-app, 32 hex digits");
        }
        if (extensionsAppId == null && !attributes.isEmpty()) {
            faults.add("usher.entra.attributes names " + attributes
                    + " but usher.entra.extensions-app-id is not set: set it, or name no attributes");
        }
        attributes.stream()
                .filter(name -> !isShortName(name))
                .forEach(name -> faults.add("usher.entra.attributes has '" + name
                        + "': write the short name, without extension_<app id>_, of letters, digits and _"));
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", faults));
        }
    }

    /** The name that Graph knows an extension attribute by. */
    String attributeName(String shortName) {
        if (extensionsAppId == null) {
            throw new IllegalStateException(
                    "the extension attribute '" + shortName + "' has no full name: set usher.entra.extensions-app-id");
        }
        if (!isShortName(shortName)) {
            throw new IllegalArgumentException("'" + shortName + "' is no short name of an extension attribute");
        }
        return extensionPrefix() + shortName;
    }

    String extensionPrefix() {
        return "extension_" + extensionsAppId + "_";
    }

    private static boolean isShortName(String name) {
        return name.matches("\\w+") && !name.startsWith("extension_");
    }

    /** The SDK cuts the first five characters off the path of a batched request, so the base must be just this. */
    private static boolean isGraph(URI url) {
        var host = url.getHost();
        var loopback = host != null && host.matches("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
        return host != null
                && "/v1.0".equals(url.getPath())
                && ("https".equals(url.getScheme()) || loopback && "http".equals(url.getScheme()));
    }
}
