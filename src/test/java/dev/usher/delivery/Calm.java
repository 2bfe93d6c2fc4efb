package dev.usher.delivery;

import dev.usher.destination.Destination;
import dev.usher.destination.Destinations;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceHelper;
import org.springframework.context.ApplicationContext;

/** Ends every pause, so that one test does not wait for what another one did. */
public final class Calm {

    private Calm() {}

    /** Every destination may be called again at once. */
    public static void restore(ApplicationContext usher) {
        var pauses = usher.getBean(Pauses.class);
        var camel = usher.getBean(CamelContext.class);
        Stream.concat(
                        usher.getBean(Destinations.class).all().stream()
                                .map(Destination::name)
                                .map(name -> "deliver-" + name),
                        Stream.of("route-identity-events"))
                .filter(id -> camel.getRoute(id) != null)
                .forEach(id -> {
                    pauses.succeeded(id);
                    ServiceHelper.resumeService(camel.getRoute(id).getConsumer());
                });
    }
}
