package dev.usher.backing;

import java.net.URI;
import java.nio.file.Path;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;

/** An Artemis in its own process, configured by {@code deploy/artemis/broker.xml}; it works in the current folder. */
final class BrokerAlone {

    static final String RUNS = "the broker runs";
    static final String USER = "usher-of-the-test";
    static final String PASSWORD = "right-and-never-shown";

    private BrokerAlone() {}

    /** @param arguments the address of the file; its port and TLS options are system properties */
    public static void main(String[] arguments) throws Exception {
        System.setProperty("artemis.instance", Path.of("").toAbsolutePath().toString());
        var users = new SecurityConfiguration();
        users.addUser(USER, PASSWORD);
        users.addRole(USER, "amq");
        var broker = new EmbeddedActiveMQ();
        broker.setConfigResourcePath(URI.create(arguments[0]).toString());
        broker.setSecurityManager(new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users));
        broker.start();
        System.out.println(RUNS);
        Thread.currentThread().join();
    }
}
