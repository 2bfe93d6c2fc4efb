package dev.usher.trace;

import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;

/** Makes what one route does with one message, or one call, a step of its trace. */
final class RouteSteps extends RoutePolicySupport {

    private static final String PROPERTY = "usherStep";

    private final Traces traces;
    private final boolean consumes;

    /** @param consumes true for a queue, whose messages carry the trace; false for callers, whose headers are not believed */
    RouteSteps(Traces traces, boolean consumes) {
        this.traces = traces;
        this.consumes = consumes;
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        var step = consumes
                ? traces.working(route.getRouteId(), exchange.getMessage().getHeader(Traces.CARRIER, String.class))
                : traces.answering(route.getRouteId());
        exchange.setProperty(PROPERTY, step);
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        if (exchange.removeProperty(PROPERTY) instanceof Step step) {
            var failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
            if (failure != null) {
                step.failed(failure.getClass().getSimpleName());
            }
            step.close();
        }
    }
}
