package dev.usher.startup;

import java.nio.file.Path;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.RuntimeCamelException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** A route that Camel could not make or start. */
final class RouteAnalysis extends Analysis {

    private static final String MEND =
            "Correct the route's file, or the setting it takes from config/; the name of a bean, an option, a jq or a cron"
                    + " expression may be misspelt.";

    private final RoutePlaces places;

    RouteAnalysis(Environment environment) {
        this.places = new RoutePlaces(Path.of(environment.getProperty("usher.routes", "routes")));
    }

    @Override
    @Nullable
    Finding ofCause(Throwable cause) {
        if (cause instanceof FailedToCreateRouteException failure) {
            return finding(failure.getRouteId(), failure);
        }
        if (cause instanceof FailedToStartRouteException failure) {
            return finding(failure.getRouteId(), failure);
        }
        if (cause instanceof NoSuchBeanException missing) {
            return new Finding(
                    places.ofValue(missing.getName()).map(found -> found + ": ").orElse("") + "there is no bean "
                            + missing.getName() + ".",
                    MEND);
        }
        boolean isCamels = cause instanceof RuntimeCamelException
                || cause.getClass().getName().startsWith("org.apache.camel.");
        return isCamels && cause.getCause() == null
                ? new Finding("The routes cannot be started: " + firstLine(cause), MEND)
                : null;
    }

    private Finding finding(@Nullable String route, Throwable failure) {
        var root = root(failure);
        var place = root instanceof NoSuchBeanException bean
                ? places.ofValue(bean.getName())
                : places.ofRoute(String.valueOf(route));
        return new Finding(
                "The route " + route + " cannot be started.\n\n- "
                        + place.map(found -> found + ": ").orElse("") + reason(failure, root),
                MEND);
    }

    private static Throwable root(Throwable failure) {
        var root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    /** The last two causes: of a jq or a cron expression the one before the last quotes it, the last knows what is wrong. */
    private static String reason(Throwable failure, Throwable root) {
        var before = failure;
        while (before.getCause() != null && before.getCause() != root) {
            before = before.getCause();
        }
        return before == failure || before == root ? firstLine(root) : firstLine(before) + " (" + firstLine(root) + ")";
    }

    private static String firstLine(Throwable failure) {
        var message = failure.getMessage();
        return failure.getClass().getSimpleName()
                + (message == null ? "" : ": " + message.lines().findFirst().orElse(""));
    }
}
