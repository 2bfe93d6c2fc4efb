package dev.usher.sandbox.server;

import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.DateUtils;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioWorker;

/**
 * A vendor that speaks HTTP: call log, then limits, then faults, then the work, all on the IO thread. Only an ordered latency waits, as a
 * timer of that thread.
 */
public abstract class HttpSystem implements SimulatedSystem {
    private final Faults faults = new Faults();
    private final CallLog calls = new CallLog();
    private final AtomicInteger inProgress = new AtomicInteger();
    protected final Clock clock;
    private volatile Limits limits = Limits.NONE;
    private @Nullable Undertow server;

    protected HttpSystem(Clock clock) {
        this.clock = clock;
        this.limits = vendorLimits();
    }

    /** Does the work. Runs on an IO thread: no waiting. */
    protected abstract Answer answer(Call call);

    /** The vendor's own error for a status ordered by a fault. */
    protected abstract Answer refusal(Call call, int status);

    /** The vendor's own error for a call over a limit. */
    protected abstract Answer throttled(Call call, Limits.Refused refused);

    /** The limits the vendor publishes, unused. */
    protected abstract Limits vendorLimits();

    /** One limit over all calls, unless the vendor counts otherwise. */
    protected Limits orderedLimits(Limit limit) {
        return new GeneralLimits(limit);
    }

    /** The fault that acts on this call, counted; null when it is served well. */
    protected @Nullable Fault fault(Call call) {
        return faults.next(call.target());
    }

    /** Writes down a request that came inside another one. @param answer null when it got none */
    protected final void log(Call call, @Nullable Answer answer) {
        if (answer != null) {
            call.answered(answer.status());
        }
        calls.add(call);
    }

    /** Called when the answer has been given, cut off or lost: the call is no longer in progress. */
    protected void finished(Call call, Answer answer) {}

    /** Empties what it holds and puts settings back. */
    protected abstract void empty();

    protected final Limits limits() {
        return limits;
    }

    @Override
    public final void start(XnioWorker worker, int port) {
        Undertow started = Undertow.builder()
                .setWorker(worker)
                .addHttpListener(port, "127.0.0.1")
                .setHandler(exchange -> exchange.getRequestReceiver()
                        .receiveFullBytes(this::received, (failed, cause) -> IoUtils.safeClose(failed.getConnection())))
                .build();
        started.start();
        server = started;
    }

    @Override
    public final void stop() {
        if (server != null) {
            server.stop();
        }
    }

    @Override
    public final int port() {
        if (server == null) {
            throw new IllegalStateException(name() + " is not started");
        }
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    private void received(HttpServerExchange exchange, byte[] body) {
        Call call = Call.of(exchange, body, clock.instant());
        calls.add(call);
        Limits.Refused refused = limits.refuses(call, inProgress.incrementAndGet());
        if (refused != null) {
            send(exchange, call, throttled(call, refused));
            return;
        }
        Fault fault = fault(call);
        if (fault == null) {
            send(exchange, call, work(call));
        } else {
            misbehave(exchange, call, fault);
        }
    }

    private void misbehave(HttpServerExchange exchange, Call call, Fault fault) {
        Answer answer = faulty(call, fault);
        Runnable ending = fault.cut() == null
                ? () -> send(exchange, call, answer)
                : () -> {
                    leave(call, answer);
                    IoUtils.safeClose(exchange.getConnection());
                };
        long wait = fault.latency().toMillis();
        Executor later = wait == 0
                ? Runnable::run
                : task -> exchange.getIoThread().executeAfter(task, wait, TimeUnit.MILLISECONDS);
        exchange.dispatch(later, ending);
    }

    private Answer faulty(Call call, Fault fault) {
        Answer answer;
        if (fault.cut() == Fault.Cut.BEFORE) {
            return Answer.empty(0);
        } else if (fault.status() != null || fault.retryAfter() != null) {
            answer = failed(call, fault);
        } else {
            answer = work(call);
        }
        return fault.malformed() ? answer.malformed() : answer;
    }

    private Answer work(Call call) {
        try {
            return answer(call);
        } catch (RuntimeException e) {
            return Answer.json(
                    599,
                    Json.object()
                            .put(
                                    "error",
                                    "the sandbox itself failed at " + call.method() + " " + call.path() + ": " + e));
        }
    }

    private Answer failed(Call call, Fault fault) {
        Answer answer = refusal(call, fault.status() == null ? 503 : fault.status());
        if (fault.retryAfter() != null) {
            answer = answer.with("Retry-After", fault.retryAfter().toString());
        }
        for (Map.Entry<String, String> header : fault.headers().entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return fault.stored() == null ? answer : failedInside(call, answer, fault.stored());
    }

    /** The failure of a call that got past the front door. A vendor with idempotency keys keeps it under the call's key. */
    protected Answer failedInside(Call call, Answer failure, Fault.Cut when) {
        if (when == Fault.Cut.AFTER) {
            work(call);
        }
        return failure;
    }

    private void send(HttpServerExchange exchange, Call call, Answer answer) {
        call.answered(answer.status());
        leave(call, answer);
        exchange.setStatusCode(answer.status());
        // the server's own is kept for all servers of the process, and stands still when the one that moves it on is
        // closed
        exchange.getResponseHeaders().put(Headers.DATE, DateUtils.toDateString(Date.from(clock.instant())));
        if (!answer.contentType().isEmpty()) {
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, answer.contentType());
        }
        answer.headers()
                .forEach((name, value) -> exchange.getResponseHeaders().put(HttpString.tryFromString(name), value));
        if (answer.body().length == 0) {
            exchange.endExchange();
        } else {
            exchange.getResponseSender().send(ByteBuffer.wrap(answer.body()));
        }
    }

    private void leave(Call call, Answer answer) {
        inProgress.decrementAndGet();
        finished(call, answer);
    }

    @Override
    public final List<? extends LoggedCall> calls() {
        return calls.all();
    }

    @Override
    public final void forgetCalls() {
        calls.clear();
    }

    @Override
    public final Faults faults() {
        return faults;
    }

    @Override
    public final void limit(Limit limit) {
        limits = orderedLimits(limit);
    }

    @Override
    public final void unlimit() {
        limits = Limits.NONE;
    }

    @Override
    public final void reset() {
        faults.heal();
        empty();
        calls.clear();
        limits = vendorLimits();
    }
}
