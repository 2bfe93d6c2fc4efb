package dev.usher.startup;

import dev.usher.destination.ConfigurationProblems;
import dev.usher.destination.Destination;
import dev.usher.destination.Destinations;
import dev.usher.destination.Problem;
import java.util.List;
import org.apache.camel.CamelContext;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** After the start: every destination that is switched on has its route, and the route runs. */
@Component
@ConditionalOnProperty(name = Rehearsal.OF_SOME_ROUTES, havingValue = "false", matchIfMissing = true)
final class StartedRoutes implements ApplicationRunner {

    private final CamelContext camel;
    private final Destinations destinations;

    StartedRoutes(CamelContext camel, Destinations destinations) {
        this.camel = camel;
        this.destinations = destinations;
    }

    /** @throws ConfigurationProblems naming the destinations whose queue nobody would empty */
    @Override
    public void run(ApplicationArguments arguments) {
        List<Problem> problems = destinations.all().stream()
                .filter(destination -> destination.settings().enabled())
                .filter(destination -> !runs("deliver-" + destination.name()))
                .map(StartedRoutes::problem)
                .toList();
        if (!problems.isEmpty()) {
            throw new ConfigurationProblems(problems);
        }
    }

    private boolean runs(String route) {
        if (!camel.isAutoStartup()) {
            var made = camel.getRoute(route); // a rehearsal makes routes without starting them
            return made != null && !Boolean.FALSE.equals(made.isAutoStartup());
        }
        var status = camel.getRouteController().getRouteStatus(route);
        return status != null && (status.isStarted() || status.isSuspended() || status.isSuspending());
    }

    private static Problem problem(Destination destination) {
        var name = destination.name();
        return new Problem(
                "routes/destinations/" + name + "/deliver-" + name + ".camel.yaml",
                "the destination is switched on, but no route deliver-" + name + " runs: its deliveries would wait for"
                        + " ever",
                "give the file's route the id deliver-" + name + ", a precondition that holds and autoStartup, or set"
                        + " usher.destinations." + name + ".enabled to false");
    }
}
