package dev.usher.metric;

import dev.usher.broker.QueueFigures;
import dev.usher.broker.Queues;
import dev.usher.delivery.PauseNotes;
import dev.usher.destination.Destination;
import dev.usher.destination.Destinations;
import dev.usher.event.Events;
import dev.usher.watermark.Source;
import dev.usher.watermark.Watermarks;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Gauges of queues, sources and destinations; they cost something only when they are read. */
@Component
final class FlowMetrics implements MeterBinder {

    /** What the database holds of a source. */
    private record Read(
            @Nullable Instant polledAt,
            @Nullable Instant newest,
            @Nullable Duration late) {}

    /** What the database holds, by name. */
    private record State(Map<String, PauseNotes.Pausing> pauses, Map<String, Read> sources) {}

    private final List<String> destinations;
    private final List<Source> sources;
    private final Clock clock;
    private final Fresh<Map<String, QueueFigures>> queues;
    private final Fresh<State> state;

    FlowMetrics(
            Queues queues,
            PauseNotes pauses,
            Destinations destinations,
            List<Source> sources,
            Watermarks watermarks,
            Clock clock) {
        this.destinations = destinations.all().stream()
                .filter(destination -> destination.settings().enabled())
                .map(Destination::name)
                .toList();
        this.sources = sources.stream().filter(Source::isOn).toList();
        this.clock = clock;
        this.queues = new Fresh<>(() -> byName(queues.all(), QueueFigures::name), clock);
        this.state = new Fresh<>(
                () -> new State(byName(pauses.all(), PauseNotes.Pausing::destination), readSources(watermarks)), clock);
    }

    private Map<String, Read> readSources(Watermarks watermarks) {
        return sources.stream()
                .collect(Collectors.toMap(
                        Source::label,
                        source -> new Read(source.polledAt(), source.newest(), watermarks.late(source.name()))));
    }

    private static <T> Map<String, T> byName(List<T> all, Function<T, String> name) {
        return all.stream().collect(Collectors.toMap(name, Function.identity()));
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Stream.concat(
                        Stream.of(Events.QUEUE, "held", "dead-letters"),
                        destinations.stream().map(name -> "deliver." + name))
                .forEach(queue -> bindQueue(queue, registry));
        Stream.concat(destinations.stream(), Stream.of(Destinations.ROUTER))
                .forEach(destination -> bindDestination(destination, registry));
        sources.forEach(source -> bindSource(source, registry));
    }

    private void bindQueue(String queue, MeterRegistry registry) {
        gauge("usher.queue.messages", "Messages of a queue: waiting, scheduled and in hand", "queue", queue, () -> {
                    var all = queues.get();
                    return all == null ? null : of(all, queue, QueueFigures::messages, 0L);
                })
                .register(registry);
        gauge(
                        "usher.queue.oldest",
                        "Age of the message that is next in turn; 0 when none waits",
                        "queue",
                        queue,
                        () -> {
                            var all = queues.get();
                            return all == null ? null : seconds(of(all, queue, QueueFigures::oldest, null));
                        })
                .baseUnit("seconds")
                .register(registry);
    }

    private void bindDestination(String name, MeterRegistry registry) {
        gauge("usher.destination.paused", "1 while no call is let through, else 0", "destination", name, () -> {
                    var known = state.get();
                    var until =
                            known == null ? null : of(known.pauses(), name, PauseNotes.Pausing::until, Instant.EPOCH);
                    return until == null ? null : until.isAfter(clock.instant()) ? 1 : 0;
                })
                .register(registry);
        gauge("usher.destination.failing", "Since when it does not answer; 0 when it does", "destination", name, () -> {
                    var known = state.get();
                    return known == null ? null : seconds(of(known.pauses(), name, PauseNotes.Pausing::since, null));
                })
                .baseUnit("seconds")
                .register(registry);
    }

    private void bindSource(Source source, MeterRegistry registry) {
        var label = source.label();
        gauge("usher.source.lag", "How late after its time the newest record was seen", "source", label, () -> {
                    var late = read(label, Read::late);
                    return late == null ? null : late.toMillis() / 1_000.0;
                })
                .baseUnit("seconds")
                .register(registry);
        gauge(
                        "usher.source.polled.timestamp",
                        "When it was last read to its end",
                        "source",
                        label,
                        () -> epoch(read(label, Read::polledAt)))
                .baseUnit("seconds")
                .register(registry);
        gauge(
                        "usher.source.newest.timestamp",
                        "When its newest record happened",
                        "source",
                        label,
                        () -> epoch(read(label, Read::newest)))
                .baseUnit("seconds")
                .register(registry);
    }

    private <R> @Nullable R read(String source, Function<Read, @Nullable R> figure) {
        var known = state.get();
        return known == null ? null : of(known.sources(), source, figure, null);
    }

    private static <T, R> @Nullable R of(
            Map<String, T> all, String name, Function<T, @Nullable R> figure, @Nullable R none) {
        var found = all.get(name);
        return found == null ? none : figure.apply(found);
    }

    private double seconds(@Nullable Instant since) {
        return since == null
                ? 0
                : Math.max(0, Duration.between(since, clock.instant()).toMillis() / 1_000.0);
    }

    private static @Nullable Double epoch(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli() / 1_000.0;
    }

    private static Gauge.Builder<Supplier<Number>> gauge(
            String name, String description, String tag, String value, Supplier<@Nullable Number> figure) {
        return Gauge.builder(name, () -> known(figure)).description(description).tag(tag, value);
    }

    /** Not a number when it cannot be told now. */
    private static Number known(Supplier<@Nullable Number> figure) {
        try {
            var number = figure.get();
            return number == null ? Double.NaN : number;
        } catch (RuntimeException e) {
            return Double.NaN;
        }
    }
}
