package dev.usher.router;

import dev.usher.destination.Destination;
import dev.usher.destination.Destinations;
import dev.usher.projection.Known;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The variables by which the route {@code who-gets-what} is asked and answers. */
public final class Rules {

    private Rules() {}

    /**
     * Prepares the question: sets the variable {@code known} to the names of the destinations that hold this user or may
     * come to hold it, each between blanks.
     */
    public static void ask(Exchange exchange, Known known, Destinations destinations) {
        exchange.setVariable(
                "known",
                destinations.all().stream()
                        .map(Destination::name)
                        .filter(known::mayExistIn)
                        .collect(Collectors.joining(" ", " ", " ")));
    }

    /** The rule by which a destination does not get this user; null when it does. */
    public static @Nullable String refusal(Exchange exchange, Destination destination) {
        if (!destination.settings().enabled()) {
            return "switched off";
        }
        var skip = exchange.getVariable("skip-" + destination.name(), String.class);
        if (skip != null) {
            return skip;
        }
        return exchange.getVariable("send-" + destination.name()) == null
                ? "no rule of route-identity-events names it"
                : null;
    }
}
