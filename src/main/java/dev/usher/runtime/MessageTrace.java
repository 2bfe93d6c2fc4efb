package dev.usher.runtime;

import java.io.StringWriter;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.apache.camel.CamelContext;
import org.apache.camel.Service;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.impl.debugger.BacklogTracer;
import org.apache.camel.management.DefaultManagementObjectNameStrategy;
import org.apache.camel.spi.BacklogTracerEventMessage;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets Hawtio show the way of messages through a route, and nothing of what they hold: Camel's own tracer would tell bodies,
 * variables, and headers with tokens in them. It gets no name in JMX; under its name stands a {@link View}.
 */
@Component
final class MessageTrace implements CamelContextConfiguration {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Names names = new Names();

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        names.setCamelContext(camel);
        camel.getManagementStrategy().setManagementObjectNameStrategy(names);
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        var agent = camel.getManagementStrategy().getManagementAgent();
        var tracer = camel.getCamelContextExtension().getContextPlugin(BacklogTracer.class);
        if (agent == null || tracer == null) {
            return;
        }
        try {
            agent.register(new View(tracer, LONGEST), names.ofView(camel, tracer));
        } catch (Exception e) {
            throw new IllegalStateException("Hawtio's view of the trace cannot be registered", e);
        }
    }

    private static final class Names extends DefaultManagementObjectNameStrategy {

        @Override
        public @Nullable ObjectName getObjectNameForTracer(CamelContext camel, Service tracer) {
            return null;
        }

        private ObjectName ofView(CamelContext camel, Service tracer) throws MalformedObjectNameException {
            return super.getObjectNameForTracer(camel, tracer);
        }
    }

    /**
     * What of the trace may be seen: which message came to which step when, how long that took and whether it failed, and a few
     * headers of ours. It ends by itself. Public for JMX, which calls it under the names that Hawtio knows.
     */
    @ManagedResource(description = "The way of messages through routes, without what they hold")
    public static final class View {

        private static final Set<String> SHOWN = Set.of(
                "usherAttempt",
                "usherDeadLetter",
                "usherHeldIn",
                "usherQueue",
                "usherReleased",
                "usherSubject",
                "usherType",
                "usherVersion",
                "breadcrumbId",
                "CamelHttpResponseCode");
        private static final int LONGEST_VALUE = 200;
        private static final int MOST = 500;

        private final BacklogTracer tracer;
        private final Duration longest;
        /** How often it was begun or ended: the end of one trace does not end the next. */
        private int turns;

        View(BacklogTracer tracer, Duration longest) {
            this.tracer = tracer;
            this.longest = longest;
            tracer.setBacklogSize(MOST);
        }

        @ManagedAttribute(description = "Whether messages are traced now")
        public Boolean getEnabled() {
            return tracer.isEnabled();
        }

        /** Begins, again for the whole time where it was on already; or ends, and forgets what was traced. */
        @ManagedOperation(description = "Traces messages, for ten minutes at most")
        public synchronized void setEnabled(Boolean enabled) {
            turns++;
            tracer.setEnabled(enabled);
            if (enabled) {
                int turn = turns;
                CompletableFuture.delayedExecutor(longest.toMillis(), TimeUnit.MILLISECONDS)
                        .execute(() -> end(turn));
            } else {
                tracer.clear();
            }
        }

        private synchronized void end(int turn) {
            if (turn == turns) {
                tracer.setEnabled(false);
                tracer.clear();
            }
        }

        /** What was traced since the last call, as XML in Camel's words. */
        @ManagedOperation(description = "What was traced since the last call")
        public String dumpAllTracedMessagesAsXml() {
            var text = new StringWriter();
            try {
                var xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
                xml.writeStartElement("backlogTracerEventMessages");
                for (var event : tracer.dumpAllTracedMessages()) {
                    write(xml, event);
                }
                xml.writeEndElement();
                xml.close();
            } catch (XMLStreamException e) {
                throw new IllegalStateException("the trace cannot be written as XML", e);
            }
            return text.toString();
        }

        private static void write(XMLStreamWriter xml, BacklogTracerEventMessage event) throws XMLStreamException {
            xml.writeStartElement("backlogTracerEventMessage");
            element(xml, "uid", event.getUid());
            element(xml, "timestamp", event.getTimestamp());
            element(xml, "elapsed", event.getElapsed());
            element(xml, "done", event.isDone());
            element(xml, "failed", event.isFailed());
            element(xml, "routeId", event.getRouteId());
            element(xml, "toNode", event.getToNode());
            element(xml, "exchangeId", event.getExchangeId());
            xml.writeStartElement("message");
            xml.writeStartElement("headers");
            if (event.asJSon().get("message") instanceof Map<?, ?> message
                    && message.get("headers") instanceof Collection<?> headers) {
                for (var header : headers) {
                    writeShown(xml, header);
                }
            }
            xml.writeEndElement();
            element(xml, "body", "[not shown]");
            xml.writeEndElement();
            xml.writeEndElement();
        }

        private static void writeShown(XMLStreamWriter xml, Object header) throws XMLStreamException {
            if (header instanceof Map<?, ?> entry && entry.get("key") instanceof String name && SHOWN.contains(name)) {
                var value = String.valueOf(entry.get("value"));
                xml.writeStartElement("header");
                xml.writeAttribute("key", name);
                xml.writeAttribute("type", String.valueOf(entry.get("type")));
                xml.writeCharacters(value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE));
                xml.writeEndElement();
            }
        }

        private static void element(XMLStreamWriter xml, String name, @Nullable Object value)
                throws XMLStreamException {
            xml.writeStartElement(name);
            xml.writeCharacters(value == null ? "" : value.toString());
            xml.writeEndElement();
        }

        /** Hawtio sets it before each trace. It changes nothing: no body is shown. */
        @ManagedAttribute(description = "No body is shown")
        public Integer getBodyMaxChars() {
            return 0;
        }

        /** See {@link #getBodyMaxChars}. */
        @ManagedAttribute(description = "No body is shown")
        public void setBodyMaxChars(Integer ignored) {
            // as above
        }

        /** See {@link #getBodyMaxChars}. */
        @ManagedAttribute(description = "No body is shown")
        public Boolean getBodyIncludeStreams() {
            return false;
        }

        /** See {@link #getBodyMaxChars}. */
        @ManagedAttribute(description = "No body is shown")
        public void setBodyIncludeStreams(Boolean ignored) {
            // as above
        }

        /** See {@link #getBodyMaxChars}. */
        @ManagedAttribute(description = "No body is shown")
        public Boolean getBodyIncludeFiles() {
            return false;
        }

        /** See {@link #getBodyMaxChars}. */
        @ManagedAttribute(description = "No body is shown")
        public void setBodyIncludeFiles(Boolean ignored) {
            // as above
        }
    }
}
