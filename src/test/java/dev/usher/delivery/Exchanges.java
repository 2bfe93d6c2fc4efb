package dev.usher.delivery;

import dev.usher.event.Headers;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;

/** Messages as a delivery route gets them. */
final class Exchanges {

    static final String SUBJECT = "11111111-2222-4333-8444-555555555555";

    private Exchanges() {}

    static Exchange of(CamelContext camel, String destination, Map<String, Object> headers) {
        var exchange = new DefaultExchange(camel);
        exchange.getExchangeExtension().setFromRouteId("deliver-" + destination);
        var message = exchange.getMessage();
        message.setHeader(Headers.SUBJECT, SUBJECT);
        message.setHeader(Headers.VERSION, 10L);
        message.setHeader(Headers.EVENT, "event-1");
        message.setHeader(Headers.TYPE, "user.updated");
        message.setHeader(Headers.USER_HASH, "user-hash");
        message.setHeaders(merged(message.getHeaders(), headers));
        message.setBody("{\"data\": {}}");
        return exchange;
    }

    private static Map<String, Object> merged(Map<String, Object> base, Map<String, Object> more) {
        var all = new java.util.HashMap<>(base);
        all.putAll(more);
        return all;
    }
}
