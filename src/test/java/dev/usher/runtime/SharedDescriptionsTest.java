package dev.usher.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedDescriptionsTest {

    private final DefaultCamelContext camel = new DefaultCamelContext(false);
    private MBeanServer server;

    @BeforeEach
    void startSomeRoutes() throws Exception {
        new SharedDescriptions().postProcessBeforeInitialization(camel, "camel");
        camel.build();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:a")
                        .setHeader("one")
                        .constant(1)
                        .setHeader("two")
                        .constant(2)
                        .to("mock:a");
                from("direct:b").setHeader("three").constant(3).to("mock:b?failFast=false");
            }
        });
        camel.start();
        server = camel.getManagementStrategy().getManagementAgent().getMBeanServer();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void stepsOfOneKindShareOneDescription() throws Exception {
        var steps = named("type=processors,name=\"setHeader*\"");

        assertThat(steps).hasSize(3);
        var first = server.getMBeanInfo(steps.iterator().next()).getOperations();
        assertThat(first).isNotEmpty();
        for (var step : steps) {
            assertThat(server.getMBeanInfo(step).getOperations()[0]).isSameAs(first[0]);
        }
    }

    @Test
    void eachStillTellsItsOwnFigures() throws Exception {
        camel.createProducerTemplate().sendBody("direct:b", "once");

        long done = 0;
        for (var step : named("type=processors,name=\"setHeader*\"")) {
            done += (long) server.getAttribute(step, "ExchangesCompleted");
        }
        assertThat(done).isEqualTo(1);
        assertThat(named("type=routes,*")).hasSize(2);
    }

    private Set<ObjectName> named(String pattern) throws Exception {
        return server.queryNames(
                new ObjectName("org.apache.camel:context=" + camel.getManagementName() + "," + pattern), null);
    }
}
