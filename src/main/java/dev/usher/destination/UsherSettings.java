package dev.usher.destination;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the operator set under {@code usher}.
 *
 * @param routes folder of the routes; default {@code routes} in the working directory
 * @param destinations by folder name
 * @param router how the router repeats; its pauses follow the directory's answers
 * @param patience how long after its event a user may be missing in the directory; default 10 minutes
 * @param clockMargin how far the clocks of the sources may differ: an event older than what was routed is still read again
 *     when it is older by less; default 2 minutes
 */
@ConfigurationProperties("usher")
public record UsherSettings(
        @DefaultValue("routes") String routes,
        @DefaultValue Map<String, DeliverySettings> destinations,
        @DefaultValue DeliverySettings router,
        @DefaultValue("10m") Duration patience,
        @DefaultValue("2m") Duration clockMargin) {

    /** What is out of its range, here and in what is set of each destination and of the router. */
    List<Problem> problems() {
        var problems = new ArrayList<>(new Ranges("usher")
                .atLeast("patience", patience, Duration.ZERO)
                .atLeast("clock-margin", clockMargin, Duration.ZERO)
                .problems());
        problems.addAll(router.problems("usher.router"));
        destinations.forEach(
                (name, destination) -> problems.addAll(destination.problems("usher.destinations." + name)));
        return List.copyOf(problems);
    }
}
