package dev.usher.startup;

import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.RuntimeCamelException;
import org.jspecify.annotations.Nullable;

/** A route that Camel could not make or start. */
final class RouteAnalysis extends Analysis {

    private static final String MEND =
            "Correct the route's file; the name of a bean, an option, a jq or a cron expression may be misspelt.";

    @Override
    @Nullable
    Finding ofCause(Throwable cause) {
        if (cause instanceof FailedToCreateRouteException failure) {
            return finding(failure.getRouteId(), failure.getLocation(), failure);
        }
        if (cause instanceof FailedToStartRouteException failure) {
            return finding(failure.getRouteId(), failure.getLocation(), failure);
        }
        if (cause instanceof NoSuchBeanException missing) {
            return new Finding("A route names the bean " + missing.getName() + ", which does not exist.", MEND);
        }
        boolean isCamels = cause instanceof RuntimeCamelException || cause.getClass().getName().startsWith("org.apache.camel.");
        return isCamels && cause.getCause() == null
                ? new Finding("The routes cannot be started: " + firstLine(cause), MEND)
                : null;
    }

    private static Finding finding(@Nullable String route, @Nullable String location, Throwable failure) {
        var place = location == null || location.isBlank() ? "" : " (" + location.replaceFirst("^file:", "") + ")";
        return new Finding("The route " + route + place + " cannot be started: " + firstLine(root(failure)), MEND);
    }

    private static Throwable root(Throwable failure) {
        var root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    private static String firstLine(Throwable failure) {
        var message = failure.getMessage();
        return failure.getClass().getSimpleName()
                + (message == null ? "" : ": " + message.lines().findFirst().orElse(""));
    }
}
