package dev.usher.backing;

import dev.usher.startup.Secrets;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.jms.artemis.ArtemisProperties;

/** The external broker that holds the queues. */
final class Broker implements Backing {

    private final ArtemisProperties settings;

    Broker(ArtemisProperties settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "the broker";
    }

    @Override
    public String place() {
        return "spring.artemis.broker-url " + Secrets.withoutOptions(settings.getBrokerUrl());
    }

    @Override
    public String mend() {
        return "Start it, open the way to it, or correct spring.artemis.broker-url (USHER_BROKER_URL), its TLS options"
                + " among it.";
    }

    @Override
    public @Nullable Trouble trouble() {
        try (var factory = new ActiveMQConnectionFactory(settings.getBrokerUrl());
                var connection = factory.createConnection(settings.getUser(), settings.getPassword())) {
            connection.start();
            return null;
        } catch (JMSSecurityException e) {
            return Trouble.refusal("it refused the user name or the password", e);
        } catch (JMSException e) {
            return Trouble.noConnection(e);
        } catch (IllegalArgumentException e) {
            return Trouble.refusal("the URL cannot be read", e);
        }
    }
}
