package dev.usher.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ssl.JksSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerSslBundle;
import org.springframework.core.env.Environment;

/** How Usher's main port is called by Usher itself, its commands, and the browsers it sends there. */
public final class OwnTls {

    private OwnTls() {}

    /** {@code https} where TLS ends at the main port, or else {@code http}. */
    public static String scheme(Environment environment) {
        return Ssl.isEnabled(settings(environment)) ? "https" : "http";
    }

    /**
     * Trusts the very certificate that the main port shows, by whatever name it is called, for whoever has its key is this
     * Usher; and besides what this JVM trusts, names checked. Only the latter where TLS does not end at Usher.
     *
     * @throws IOException when the certificate cannot be read, saying by which setting
     */
    public static SSLContext trusting(Environment environment) throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Pinned(own(settings(environment), environment), usual())}, null);
            return context;
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IOException("the certificate of server.ssl.* cannot be read: " + e.getMessage(), e);
        }
    }

    private static @Nullable Ssl settings(Environment environment) {
        return Binder.get(environment).bind("server.ssl", Ssl.class).orElse(null);
    }

    private static Set<Certificate> own(@Nullable Ssl settings, Environment environment)
            throws GeneralSecurityException {
        if (settings == null || !Ssl.isEnabled(settings)) {
            return Set.of();
        }
        var bundle = settings.getBundle() == null
                ? WebServerSslBundle.get(settings)
                : named(settings.getBundle(), Binder.get(environment));
        var certificates = new HashSet<Certificate>();
        var store = bundle.getStores().getKeyStore();
        for (var alias : store == null ? Collections.<String>emptyList() : Collections.list(store.aliases())) {
            certificates.add(store.getCertificate(alias));
        }
        return certificates;
    }

    private static SslBundle named(String name, Binder binder) {
        return binder.bind("spring.ssl.bundle.pem." + name, PemSslBundleProperties.class)
                .map(PropertiesSslBundle::get)
                .orElseGet(() -> PropertiesSslBundle.get(
                        binder.bindOrCreate("spring.ssl.bundle.jks." + name, JksSslBundleProperties.class)));
    }

    private static X509ExtendedTrustManager usual() throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        for (var manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("this JVM has no trust manager for X.509");
    }

    private static final class Pinned extends X509ExtendedTrustManager {

        private final Set<Certificate> own;
        private final X509ExtendedTrustManager usual;

        Pinned(Set<Certificate> own, X509ExtendedTrustManager usual) {
            this.own = own;
            this.usual = usual;
        }

        private boolean isOwn(X509Certificate[] chain) {
            return chain.length > 0 && own.contains(chain[0]);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            if (!isOwn(chain)) {
                usual.checkServerTrusted(chain, type, engine);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            if (!isOwn(chain)) {
                usual.checkServerTrusted(chain, type, socket);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            if (!isOwn(chain)) {
                usual.checkServerTrusted(chain, type);
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            usual.checkClientTrusted(chain, type, engine);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            usual.checkClientTrusted(chain, type, socket);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            usual.checkClientTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return usual.getAcceptedIssuers();
        }
    }
}
