package dev.usher.delivery;

import dev.usher.event.Headers;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * The bean {@code rehearsal} of the route {@code plan-user}: runs the very route of a destination up to the point where it
 * would write. What only the answer to a write can tell, such as an address that another record has, it does not foresee.
 */
@Component("rehearsal")
public final class Rehearsal {

    private static final String PROPERTY = "usherScript";
    private static final String DELIVER = "deliver-";
    private static final String QUEUE = "deliver.";

    private final CamelContext camel;

    Rehearsal(@Lazy CamelContext camel) {
        this.camel = camel;
    }

    /** Takes the draft of one destination. */
    public interface Script {
        void put(String destination, Draft draft);
    }

    /** Prepares to collect the drafts of this exchange, which {@link #play} hands over one by one. */
    public static void begin(Exchange exchange, Script script) {
        exchange.setProperty(PROPERTY, script);
    }

    /**
     * Runs the route of the destination to whose queue the message is addressed, on a copy of the message. Where the
     * destination cannot be looked at, what is remembered of it is compared instead.
     */
    public void play(Exchange exchange) {
        var headers = new TreeMap<>(exchange.getMessage().getHeaders());
        var queue = String.valueOf(headers.remove("CamelJmsDestinationName"));
        var destination = queue.substring(QUEUE.length());
        var text = exchange.getMessage().getBody(String.class);
        var route = camel.getRoute(DELIVER + destination);
        var draft = route == null ? Draft.failed("its route does not run") : played(route, text, headers);
        if (draft.isFailed() && route != null && headers.remove(Headers.DEEP) != null) {
            var unseen = played(route, text, headers);
            draft = unseen.isFailed() ? unseen : unseen.unseen(draft.reason());
        }
        exchange.getProperty(PROPERTY, Script.class).put(destination, draft);
    }

    private static Draft played(Route route, @Nullable String text, Map<String, Object> headers) {
        var rehearsal = route.getEndpoint().createExchange();
        rehearsal.getExchangeExtension().setFromRouteId(route.getRouteId());
        rehearsal.getMessage().setHeaders(new TreeMap<>(headers));
        rehearsal.getMessage().setBody(text);
        try {
            route.getProcessor().process(rehearsal);
        } catch (Exception e) {
            rehearsal.setException(e);
        }
        var failure = rehearsal.getException();
        return failure == null
                ? Draft.of(rehearsal)
                : Draft.failed(failure.getClass().getSimpleName());
    }
}
