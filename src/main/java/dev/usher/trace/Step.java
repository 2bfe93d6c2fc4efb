package dev.usher.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/** One step of a trace, from its making to {@link #close} on the same thread; nothing at all while tracing is off. */
public final class Step implements AutoCloseable {

    private final @Nullable Span span;
    private final @Nullable Scope scope;

    @SuppressWarnings("MustBeClosedChecker") // closed with the step
    Step(@Nullable Span span) {
        this.span = span;
        this.scope = span == null ? null : span.makeCurrent();
    }

    /** Notes something about it, of few possible values. */
    public Step with(String name, String value) {
        if (span != null) {
            span.setAttribute(name, value);
        }
        return this;
    }

    /** Notes that it failed. @param why in few words of ours, such as the class of an exception */
    public void failed(String why) {
        if (span != null) {
            span.setStatus(StatusCode.ERROR, why);
        }
    }

    @Override
    public void close() {
        if (scope != null) {
            scope.close();
        }
        if (span != null) {
            span.end();
        }
    }
}
