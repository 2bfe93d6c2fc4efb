package dev.usher.token;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.IClientCredential;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * What proves to Entra who Usher is: a client secret, or a certificate with its private key.
 *
 * @param forMsal the credential as MSAL takes it
 * @param kind for the log: {@code client secret} or {@code certificate}
 * @param expires when the certificate ends; null for a secret, whose end only Entra knows
 */
record Credential(
        IClientCredential forMsal, String kind, @Nullable Instant expires) {

    static Credential secret(String secret) {
        return new Credential(ClientCredentialFactory.createFromSecret(secret), "client secret", null);
    }

    /**
     * Reads a certificate from its file.
     *
     * @param keyFile the PEM file of the private key; null when the first file holds both
     * @throws IllegalArgumentException what is wrong with the content, without quoting it
     */
    static Credential file(Path file, @Nullable Path keyFile, @Nullable String password) throws IOException {
        var name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".pfx") || name.endsWith(".p12")) {
            return pfx(Files.readAllBytes(file), password);
        }
        var certificate = Files.readString(file, StandardCharsets.US_ASCII);
        var key = keyFile == null ? certificate : Files.readString(keyFile, StandardCharsets.US_ASCII);
        return pem(certificate, key, password);
    }

    /** Reads a certificate as Key Vault gives it: PEM, or a PFX in base64 (without a password). */
    static Credential inline(String text, @Nullable String password) {
        if (PemContent.isPresentInText(text)) {
            return pem(text, text, password);
        }
        try {
            return pfx(Base64.getMimeDecoder().decode(text), password);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("it is neither PEM nor a PFX in base64: " + e.getMessage());
        }
    }

    private static Credential pem(String certificate, String key, @Nullable String password) {
        try {
            var privateKey = PemContent.of(key).getPrivateKey(password);
            return of(privateKey, PemContent.of(certificate).getCertificates());
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException(
                    "its PEM holds no readable certificate and private key (PKCS#8, PKCS#1); if the key is encrypted,"
                            + " set certificate-password");
        }
    }

    private static Credential pfx(byte[] content, @Nullable String password) {
        var secret = password == null ? new char[0] : password.toCharArray();
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content), secret);
            for (var aliases = store.aliases(); aliases.hasMoreElements(); ) {
                var alias = aliases.nextElement();
                if (store.getKey(alias, secret) instanceof PrivateKey key) {
                    var chain = new ArrayList<X509Certificate>();
                    for (var certificate : store.getCertificateChain(alias)) {
                        chain.add((X509Certificate) certificate);
                    }
                    return of(key, chain);
                }
            }
            throw new IllegalArgumentException("the PFX holds no private key: export it with its key");
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("the PFX cannot be opened: check certificate-password and the content");
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    private static Credential of(PrivateKey key, List<X509Certificate> chain) {
        if (!"RSA".equals(key.getAlgorithm())) {
            throw new IllegalArgumentException("its key is " + key.getAlgorithm() + "; Entra takes RSA keys only");
        }
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("it holds a private key but no certificate");
        }
        return new Credential(
                ClientCredentialFactory.createFromCertificateChain(key, chain),
                "certificate",
                chain.get(0).getNotAfter().toInstant());
    }

    /** Names the kind only: what is inside proves who Usher is. */
    @Override
    public String toString() {
        return kind;
    }
}
