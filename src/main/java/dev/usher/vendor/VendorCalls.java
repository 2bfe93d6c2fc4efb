package dev.usher.vendor;

import dev.usher.trace.Step;
import dev.usher.trace.Traces;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Counts the HTTP calls to vendors: {@code usher.vendor.calls} by system and status, {@code usher.vendor.call} by system; and
 * makes each a step of its trace. No path and no query is ever noted.
 */
@Component
public final class VendorCalls {

    private static final String NO_ANSWER = "none";

    private final MeterRegistry meters;
    private final Traces traces;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();

    public VendorCalls(MeterRegistry meters, Traces traces) {
        this.meters = meters;
        this.traces = traces;
    }

    /**
     * Begins a call; it is counted when it is closed, on the same thread.
     *
     * @param system the destination's name, such as {@code stripe}; one of few
     */
    public Call begin(String system) {
        return new Call(system, traces.calling(system));
    }

    /** One call on its way. */
    public final class Call implements AutoCloseable {

        private final String system;
        private final Step step;
        private final long began = System.nanoTime();
        private String status = NO_ANSWER;

        private Call(String system, Step step) {
            this.system = system;
            this.step = step;
        }

        /** It was answered; without this it counts as not answered. */
        public void answered(int httpStatus) {
            status = String.valueOf(httpStatus);
        }

        @Override
        public void close() {
            counter(system, status).increment();
            timer(system).record(Duration.ofNanos(System.nanoTime() - began));
            step.with("http.response.status_code", status);
            if (status.equals(NO_ANSWER) || status.compareTo("400") >= 0) {
                step.failed(status);
            }
            step.close();
        }
    }

    private Counter counter(String system, String status) {
        return counters.computeIfAbsent(
                system + ' ' + status,
                key -> Counter.builder("usher.vendor.calls")
                        .description(
                                "HTTP calls to a vendor by the status of the answer, none when there was no answer")
                        .tag("system", system)
                        .tag("status", status)
                        .register(meters));
    }

    private Timer timer(String system) {
        return timers.computeIfAbsent(
                system,
                name -> Timer.builder("usher.vendor.call")
                        .description("How long HTTP calls to a vendor took, answered or not")
                        .tag("system", name)
                        .register(meters));
    }
}
