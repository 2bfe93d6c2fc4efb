package dev.usher.health;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * The component {@code routes}: up while every route runs that starts by itself. A destination's pause suspends its consumers,
 * not its route.
 */
@Component("routesHealthIndicator")
final class RoutesHealth implements HealthIndicator {

    private final CamelContext camel;

    RoutesHealth(@Lazy CamelContext camel) {
        this.camel = camel;
    }

    @Override
    public Health health() {
        if (!camel.getStatus().isStarted()) {
            return Health.outOfService()
                    .withDetail("camel", camel.getStatus().name())
                    .build();
        }
        List<String> stopped = camel.getRoutes().stream()
                .filter(route -> !Boolean.FALSE.equals(route.isAutoStartup()))
                .map(Route::getRouteId)
                .filter(id -> !camel.getRouteController().getRouteStatus(id).isStarted())
                .toList();
        return stopped.isEmpty()
                ? Health.up().withDetail("routes", camel.getRoutesSize()).build()
                : Health.outOfService().withDetail("stopped", stopped).build();
    }
}
