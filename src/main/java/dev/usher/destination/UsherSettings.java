package dev.usher.destination;

import java.time.Duration;
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
        @DefaultValue("2m") Duration clockMargin) {}
