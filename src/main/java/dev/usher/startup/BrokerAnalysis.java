package dev.usher.startup;

import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** The external broker that holds the queues refused, or is not there. */
final class BrokerAnalysis extends Analysis {

    private final Environment environment;

    BrokerAnalysis(Environment environment) {
        this.environment = environment;
    }

    @Override
    @Nullable
    Finding ofCause(Throwable cause) {
        if (!(cause instanceof JMSException)) {
            return null;
        }
        return cause instanceof JMSSecurityException
                ? new Finding(
                        place() + ": the broker refused the user name or the password, or the user may not do that.",
                        "Correct spring.artemis.user and spring.artemis.password (USHER_BROKER_USER,"
                                + " USHER_BROKER_PASSWORD), or the user's role in the broker.")
                : new Finding(
                        place() + ": the broker does not answer, or not as it should.",
                        "Start it, open the way to it, or correct spring.artemis.broker-url (USHER_BROKER_URL); with TLS"
                                + " its certificate must be trusted and bear the name of the host.");
    }

    private String place() {
        return "spring.artemis.broker-url "
                + Secrets.withoutOptions(environment.getProperty("spring.artemis.broker-url", ""));
    }
}
