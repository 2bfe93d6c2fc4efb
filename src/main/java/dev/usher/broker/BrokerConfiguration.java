package dev.usher.broker;

import dev.usher.runtime.RareWarnings;
import jakarta.jms.ConnectionFactory;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.jms.JmsHeaderFilterStrategy;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.jms.artemis.ArtemisConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The broker inside this process, and the {@code jms} component that consumes and sends in one local transaction. */
@Configuration(proxyBeanMethods = false)
class BrokerConfiguration {

    /**
     * The component of all queues; its transactions are set in {@code application.yaml}. A rollback (the process died, or
     * the state could not be written) is repeated by the broker without end, at most every minute; tries that failed at a
     * destination are counted and given up by the routes, not here.
     */
    @Bean
    JmsComponent jms(ConnectionFactory connectionFactory, RareWarnings warnings) {
        var jms = JmsComponent.jmsComponent(connectionFactory);
        jms.setHeaderFilterStrategy(lowerCased());
        var queues = new KnownQueues();
        jms.setDestinationResolver((session, name, isTopic) -> queues.named(name, session));
        jms.setErrorHandler(failure -> warnings.tell("A message went back to its queue and comes again", failure));
        return jms;
    }

    /** Camel's own headers are filtered in every spelling: older strategies let {@code CAmelX} pass. */
    private static JmsHeaderFilterStrategy lowerCased() {
        var strategy = new JmsHeaderFilterStrategy();
        strategy.setLowerCase(true);
        return strategy;
    }

    @Bean
    ArtemisConfigurationCustomizer embeddedBroker(
            @Value("${usher.broker.memory-limit}") long memoryLimit,
            @Value("${usher.broker.group-buckets}") int groupBuckets,
            @Value("${usher.broker.consumer-window}") int consumerWindow) {
        atLeast(1, "memory-limit", memoryLimit);
        atLeast(1, "group-buckets", groupBuckets);
        atLeast(0, "consumer-window", consumerWindow);
        return configuration -> {
            configuration.setGlobalMaxSize(memoryLimit);
            configuration.setJournalBufferTimeout_NIO(500_000);
            configuration.setMessageExpiryScanPeriod(-1);
            var settings = new AddressSettings();
            settings.setMaxDeliveryAttempts(-1);
            settings.setRedeliveryDelay(1_000);
            settings.setRedeliveryMultiplier(2);
            settings.setMaxRedeliveryDelay(60_000);
            settings.setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE);
            settings.setDefaultGroupBuckets(groupBuckets);
            settings.setDefaultConsumerWindowSize(consumerWindow);
            settings.setAutoCreateQueues(true);
            settings.setAutoDeleteQueues(false);
            settings.setAutoDeleteAddresses(false);
            configuration.addAddressSetting("#", settings);
        };
    }

    private static void atLeast(long least, String key, long value) {
        if (value < least) {
            throw new IllegalArgumentException("usher.broker." + key + " is " + value + ": set " + least + " or more");
        }
    }
}
