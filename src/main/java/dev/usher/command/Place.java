package dev.usher.command;

import dev.usher.tls.OwnTls;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;

/**
 * Where the running Usher is, and where its key lies. What is not said on the command line stands in the configuration, read
 * as Usher itself reads it, profiles and environment variables included, but only when it is needed.
 */
final class Place {

    private static final String CALLED_WRONGLY =
            "Start the command in the folder that holds Usher's config/, with the same environment variables, or say --url"
                    + " and --key-file.";

    private final @Nullable URI url;
    private final @Nullable Path keyFile;
    private @Nullable ConfigurableEnvironment environment;

    Place(@Nullable URI url, @Nullable Path keyFile) {
        this.url = url;
        this.keyFile = keyFile;
    }

    URI url() {
        if (url != null) {
            var scheme = url.getScheme();
            if (url.getHost() == null || !"http".equals(scheme) && !"https".equals(scheme)) {
                throw CommandFailure.wrongUse("--url is \"" + url + "\": say it like http://127.0.0.1:8080");
            }
            return url;
        }
        return URI.create(scheme() + "://127.0.0.1:" + setting("server.port", "8080"));
    }

    /**
     * Whom to trust: the JVM's own choice, and the certificate that the configuration of this folder names, where there is
     * one.
     */
    SSLContext tls() {
        boolean secured = "https".equals(url().getScheme());
        try {
            return secured ? OwnTls.trusting(environment()) : SSLContext.getDefault();
        } catch (IOException | GeneralSecurityException e) {
            throw CommandFailure.wrongUse(e.getMessage() + ". " + CALLED_WRONGLY);
        } catch (RuntimeException e) {
            throw unreadable(e);
        }
    }

    private String scheme() {
        try {
            return OwnTls.scheme(environment());
        } catch (RuntimeException e) {
            throw unreadable(e);
        }
    }

    Path keyFile() {
        return keyFile != null ? keyFile : Path.of(setting("usher.data", null), "command.key");
    }

    private String setting(String key, @Nullable String usual) {
        try {
            var value = environment().getProperty(key);
            if (value != null) {
                return value;
            }
        } catch (RuntimeException e) {
            throw unreadable(e);
        }
        if (usual != null) {
            return usual;
        }
        throw CommandFailure.wrongUse("No configuration names " + key + ". " + CALLED_WRONGLY);
    }

    private static CommandFailure unreadable(RuntimeException cause) {
        return CommandFailure.wrongUse("The configuration cannot be read (" + words(cause) + "). " + CALLED_WRONGLY);
    }

    private ConfigurableEnvironment environment() {
        var known = environment;
        if (known == null) {
            known = new StandardEnvironment();
            ConfigDataEnvironmentPostProcessor.applyTo(known);
            environment = known;
        }
        return known;
    }

    /** The first line of the innermost cause: the one that names a file or a key. */
    private static String words(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("no cause given");
    }
}
