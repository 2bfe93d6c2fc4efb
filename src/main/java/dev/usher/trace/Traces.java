package dev.usher.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.stereotype.Component;

/**
 * Makes the steps of traces, and carries the trace with a message. While tracing is off it does nothing and costs nothing.
 * A step bears names of ours, statuses and counts: no address, no id of a person, no path and no query.
 */
@Component
public final class Traces {

    /** The property of a message that carries the trace, of the form that W3C gave it. */
    static final String CARRIER = "traceparent";

    private static final Step NONE = new Step(null);

    private final @Nullable Tracer tracer;

    Traces(ObjectProvider<OpenTelemetry> telemetry) {
        var available = telemetry.getIfAvailable();
        this.tracer = available == null ? null : available.getTracer("dev.usher");
    }

    /** Traces nothing. */
    public static Traces off() {
        return new Traces(new StaticListableBeanFactory().getBeanProvider(OpenTelemetry.class));
    }

    /** Begins to put messages on a queue; the first step of a trace when none is under way. */
    public Step publishing(String what) {
        return begin(what, SpanKind.PRODUCER, Context.current());
    }

    /** Begins a call to a vendor. @param system such as {@code stripe} */
    public Step calling(String system) {
        return tracer == null
                ? NONE
                : begin("call " + system, SpanKind.CLIENT, Context.current()).with("usher.system", system);
    }

    /** Begins what a caller from outside asked for: always the first step, whatever the caller's headers say. */
    Step answering(String what) {
        return begin(what, SpanKind.SERVER, Context.root());
    }

    /** Begins to work on a message. @param carried what {@link #carry} gave to it; null when it bears nothing */
    Step working(String what, @Nullable String carried) {
        return tracer == null ? NONE : begin(what, SpanKind.CONSUMER, carriedBy(carried));
    }

    private static Context carriedBy(@Nullable String carried) {
        return carried == null
                ? Context.root()
                : W3CTraceContextPropagator.getInstance()
                        .extract(Context.root(), Map.of(CARRIER, carried), Carrier.INSTANCE);
    }

    private Step begin(String name, SpanKind kind, Context parent) {
        return tracer == null
                ? NONE
                : new Step(tracer.spanBuilder(name)
                        .setSpanKind(kind)
                        .setParent(parent)
                        .startSpan());
    }

    /** Gives a message the trace that is under way on this thread; nothing when there is none. */
    public void carry(BiConsumer<String, String> message) {
        if (tracer != null) {
            W3CTraceContextPropagator.getInstance().inject(Context.current(), message, (carrier, name, value) -> {
                if (carrier != null && name.equals(CARRIER)) {
                    carrier.accept(name, value);
                }
            });
        }
    }
}
