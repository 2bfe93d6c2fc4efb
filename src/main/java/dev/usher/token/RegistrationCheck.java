package dev.usher.token;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns a registration, its placeholders resolved, into a credential and an authority; gathers every fault first. */
final class RegistrationCheck {

    private final String prefix;
    private final List<String> faults = new ArrayList<>();

    RegistrationCheck(String name) {
        this.prefix = "usher.tokens." + name + ".";
    }

    /** What was wrong, each with its key and what to do; empty when nothing was. */
    List<String> faults() {
        return faults;
    }

    /** The authority without a slash at its end; null when it is wrong. */
    @Nullable
    URI authority(Registration registration) {
        var value = registration.authority();
        if (value == null) {
            return fault(
                    "authority",
                    "is not set: set https://login.microsoftonline.com/<tenant>"
                            + " or https://<subdomain>.ciamlogin.com/<tenant>");
        }
        try {
            var uri = URI.create(value.endsWith("/") ? value.substring(0, value.length() - 1) : value);
            var plain = "http".equals(uri.getScheme());
            if (uri.getHost() == null || uri.getPath().length() < 2 || !plain && !"https".equals(uri.getScheme())) {
                return fault("authority", "is '" + value + "': it must be https://<host>/<tenant>");
            }
            if (plain && !isLoopback(uri)) {
                return fault("authority", "is '" + value + "': plain http is for a loopback address only; use https");
            }
            return uri;
        } catch (IllegalArgumentException e) {
            return fault("authority", "is '" + value + "', which is not a URL: it must be https://<host>/<tenant>");
        }
    }

    /** The one credential; null when there is none, more than one, or an unreadable one. */
    @Nullable
    Credential credential(Registration registration) {
        if (registration.clientId() == null) {
            fault("client-id", "is not set: set the application (client) id of the app registration");
        }
        var given = Stream.of(registration.clientSecret(), registration.certificateFile(), registration.certificate())
                .filter(Objects::nonNull)
                .count();
        if (given != 1) {
            return fault(
                    "client-secret",
                    "and " + prefix + "certificate-file and " + prefix + "certificate: "
                            + (given == 0 ? "none is set" : given + " are set") + "; set exactly one of them");
        }
        if (registration.privateKeyFile() != null && registration.certificateFile() == null) {
            fault("private-key-file", "is set without " + prefix + "certificate-file: set both, or neither");
        }
        return read(registration);
    }

    private @Nullable Credential read(Registration registration) {
        if (registration.clientSecret() != null) {
            return Credential.secret(registration.clientSecret());
        }
        var inline = registration.certificate();
        var file = registration.certificateFile();
        var keyFile = registration.privateKeyFile();
        try {
            return file == null
                    ? Credential.inline(Objects.requireNonNull(inline), registration.certificatePassword())
                    : Credential.file(
                            Path.of(file),
                            keyFile == null ? null : Path.of(keyFile),
                            registration.certificatePassword());
        } catch (IOException e) {
            return fault(
                    "certificate-file",
                    "names '" + file + "'" + (keyFile == null ? "" : " (key: '" + keyFile + "')")
                            + ", which cannot be read (" + e.getClass().getSimpleName()
                            + "): check path and permissions");
        } catch (IllegalArgumentException e) {
            return fault(file == null ? "certificate" : "certificate-file", "is not usable: " + e.getMessage());
        }
    }

    /** Whether it names this machine; only literal addresses and {@code localhost}, since a look-up may answer anything. */
    static boolean isLoopback(URI uri) {
        var host = uri.getHost();
        return host != null && host.matches("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    }

    private <T> @Nullable T fault(String key, String what) {
        faults.add(prefix + key + " " + what);
        return null;
    }
}
