package dev.usher.startup;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * The database that holds Usher's state refused, or is not there.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL's codes</a>
 * @see <a href="https://h2database.com/javadoc/org/h2/api/ErrorCode.html">H2's codes</a>
 */
final class DatabaseAnalysis extends Analysis {

    private static final int H2_IN_USE = 90020;

    private final Environment environment;

    DatabaseAnalysis(Environment environment) {
        this.environment = environment;
    }

    @Override
    @Nullable
    Finding ofCause(Throwable cause) {
        if (cause.getClass().getSimpleName().equals("FlywayValidateException")) {
            return new Finding(
                    place() + ": its tables were made by another version of Usher.",
                    "Start the version that made them, or name another database in spring.datasource.url.");
        }
        return cause instanceof SQLException failure ? ofSql(failure) : null;
    }

    private Finding ofSql(SQLException failure) {
        var state = failure.getSQLState() == null ? "" : failure.getSQLState();
        if (failure.getErrorCode() == H2_IN_USE) {
            return new Finding(
                    place() + ": another process has this H2 file open.",
                    "End that process (another Usher?), or give this one its own folder by usher.data (USHER_DATA). For"
                            + " more than one node use PostgreSQL.");
        }
        if (state.startsWith("28")) {
            return new Finding(
                    place() + ": the database refused the user name or the password.",
                    "Correct spring.datasource.username and spring.datasource.password (DATABASE_USER,"
                            + " DATABASE_PASSWORD).");
        }
        if (state.startsWith("3D")) {
            return new Finding(
                    place() + ": there is no such database.", "Create it, or correct the URL (DATABASE_URL).");
        }
        if (state.equals("08004")) {
            return new Finding(
                    place() + ": the database and the URL do not agree about TLS.",
                    "Correct sslmode in spring.datasource.url (DATABASE_URL), or switch TLS on in the database.");
        }
        if (state.startsWith("08") && isCertificate(failure)) {
            return new Finding(
                    place() + ": the certificate of the database is not trusted.",
                    "Name the authority's certificate by sslrootcert in spring.datasource.url (DATABASE_URL), and the"
                            + " host as the certificate does.");
        }
        if (state.startsWith("08")) {
            return new Finding(
                    place() + ": the database does not answer.",
                    "Start it, open the way to it, or correct spring.datasource.url (DATABASE_URL).");
        }
        return new Finding(
                place() + ": the database refused, SQL state " + state + ", code " + failure.getErrorCode() + ".",
                "Look the code up in the database's manual; Usher needs a schema in which it may create tables.");
    }

    private static boolean isCertificate(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause() == cause ? null : cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof CertPathValidatorException) {
                return true;
            }
        }
        return false;
    }

    /** The URL without its options, which may hold a password. */
    private String place() {
        return "spring.datasource.url " + Secrets.withoutOptions(environment.getProperty("spring.datasource.url", ""));
    }
}
