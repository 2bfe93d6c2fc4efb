package dev.usher.delivery;

import dev.usher.destination.Destination;
import dev.usher.destination.Destinations;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceHelper;
import org.springframework.context.ApplicationContext;

/** Ends every pause, so that one test does not wait for what another one did. */
public final class Calm {

    private Calm() {}

    /** Every destination may be called again at once. The router forgets its failures by itself: it reads with every event. */
    public static void restore(ApplicationContext usher) {
        var pauses = usher.getBean(Pauses.class);
        var camel = usher.getBean(CamelContext.class);
        usher.getBean(Destinations.class).all().stream()
                .map(Destination::name)
                .map(name -> "deliver-" + name)
                .filter(id -> camel.getRoute(id) != null)
                .forEach(id -> {
                    pauses.succeeded(id);
                    ServiceHelper.resumeService(camel.getRoute(id).getConsumer());
                });
    }
}
