package dev.usher.router;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.event.IdentityEvent;
import dev.usher.projection.Known;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** One event on its way through the router. Lives on the exchange. */
final class Routing {

    private static final String PROPERTY = "usherRouting";

    final IdentityEvent event;
    final String subject;
    final @Nullable Inspection inspection;
    long version;
    final Known known;
    ObjectNode user = JsonNodeFactory.instance.objectNode();
    String hash = "";
    boolean changed;

    Routing(IdentityEvent event, String subject, Known known) {
        this.event = event;
        this.subject = subject;
        this.version = micros(event);
        this.inspection = Inspection.of(event);
        this.known = known;
    }

    /** The event's time in microseconds since the epoch: the version of what it says. */
    private static long micros(IdentityEvent event) {
        return TimeUnit.SECONDS.toMicros(event.time().getEpochSecond())
                + event.time().getNano() / 1000;
    }

    /** Whether this is only a look, which must leave no trace in what Usher remembers. */
    boolean isDry() {
        return inspection != null && inspection.deep() == Inspection.Deep.DRY_RUN;
    }

    /** Whether this destination must look at what it really holds. */
    boolean mustLook(String destination) {
        return inspection != null
                && inspection.deep() != Inspection.Deep.NO
                && (inspection.destination() == null || inspection.destination().equals(destination))
                && known.existsIn(destination);
    }

    boolean isDeletion() {
        return "user.deleted".equals(event.type());
    }

    static Routing of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Routing.class);
    }

    void keepOn(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    /** The first e-mail address of the SCIM user; null when it has none. */
    @Nullable
    String email() {
        JsonNode value = user.path("emails").path(0).path("value");
        return value.isTextual() ? value.textValue() : null;
    }
}
