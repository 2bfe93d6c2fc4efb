package dev.usher.backing;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why a backing does not serve.
 *
 * @param words a few, without a secret
 * @param passes whether waiting may help: it does not answer. Otherwise it answered, and refused
 */
record Trouble(String words, boolean passes, Exception cause) {

    /** No connection came about. A certificate that is not trusted stays so, everything else may heal. */
    static Trouble noConnection(Exception failure) {
        boolean certificate = causeOf(failure, CertificateException.class) != null
                || causeOf(failure, CertPathValidatorException.class) != null;
        return new Trouble(words(failure), !certificate, failure);
    }

    static Trouble refusal(String words, Exception failure) {
        return new Trouble(words, false, failure);
    }

    private static String words(Exception failure) {
        if (causeOf(failure, UnknownHostException.class) != null) {
            return "its host name is not known";
        }
        if (causeOf(failure, SocketTimeoutException.class) != null) {
            return "nothing came within the time-out";
        }
        if (causeOf(failure, ConnectException.class) != null) {
            return "nobody listens there";
        }
        var tls = causeOf(failure, SSLException.class);
        return tls == null ? "no connection comes about" : "TLS failed: " + tls.getMessage();
    }

    private static <T extends Throwable> @Nullable T causeOf(Throwable failure, Class<T> type) {
        for (var cause = failure; cause != null; cause = cause.getCause() == cause ? null : cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
