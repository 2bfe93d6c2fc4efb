package dev.usher.token;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One application registration in Entra and its one credential. Every value may be a placeholder that Camel resolves,
 * such as {@code {{azure:secret-name}}} for Azure Key Vault.
 *
 * @param authority {@code https://login.microsoftonline.com/<tenant>} or
 *     {@code https://<subdomain>.ciamlogin.com/<tenant>}; plain http only for a loopback address
 * @param clientId the application (client) id
 * @param clientSecret a client secret; null when a certificate is used
 * @param certificateFile a PEM file, or a PFX file (.pfx, .p12); null when it is not in a file
 * @param privateKeyFile the PEM file of the private key; null when the certificate's file holds it too
 * @param certificate the certificate with its private key, as Key Vault gives it: PEM, or a PFX in base64
 * @param certificatePassword of the PFX, or of the PEM's encrypted key; null when there is none
 * @param scope what the token is for; the whole of Graph by default
 */
record Registration(
        @Nullable String authority,
        @Nullable String clientId,
        @Nullable String clientSecret,
        @Nullable String certificateFile,
        @Nullable String privateKeyFile,
        @Nullable String certificate,
        @Nullable String certificatePassword,

        @DefaultValue("https://graph.microsoft.com/.default")
        String scope) {

    /** The same with every placeholder resolved and every blank value null. */
    Registration resolved(UnaryOperator<String> resolver) {
        return new Registration(
                resolve(authority, resolver),
                resolve(clientId, resolver),
                resolve(clientSecret, resolver),
                resolve(certificateFile, resolver),
                resolve(privateKeyFile, resolver),
                resolve(certificate, resolver),
                resolve(certificatePassword, resolver),
                resolver.apply(scope));
    }

    /** Whether nothing is set but the scope: a system that is not used. */
    boolean isUnused() {
        return Stream.of(authority, clientId, clientSecret, certificateFile, privateKeyFile, certificate)
                .allMatch(value -> value == null || value.isBlank());
    }

    static @Nullable String resolve(@Nullable String value, UnaryOperator<String> resolver) {
        if (value == null || value.isBlank()) {
            return null;
        }
        var resolved = value.contains("{{") ? resolver.apply(value) : value;
        return resolved.isBlank() ? null : resolved.strip();
    }

    /** Says which values are set, and no value that is or leads to a secret. */
    @Override
    public String toString() {
        return "Registration[authority=" + authority + ", clientId=" + clientId + ", clientSecret="
                + setOrNot(clientSecret) + ", certificateFile=" + certificateFile + ", privateKeyFile="
                + privateKeyFile + ", certificate=" + setOrNot(certificate) + ", certificatePassword="
                + setOrNot(certificatePassword) + ", scope=" + scope + "]";
    }

    static String setOrNot(@Nullable String secret) {
        return secret == null || secret.isBlank() ? "not set" : "set";
    }
}
