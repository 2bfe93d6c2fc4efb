package dev.usher.delivery;

import dev.usher.alert.Alarm;
import dev.usher.alert.Alarms;
import dev.usher.alert.AlertLimits;
import dev.usher.alert.Sighting;
import dev.usher.destination.Destination;
import dev.usher.destination.Destinations;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** One for each destination: raised while it has not answered for longer than {@code usher.alerts.limits.paused}. */
@Component
final class PausedAlarms implements Alarms {

    private final PauseNotes notes;
    private final Destinations destinations;
    private final Duration limit;
    private final Clock clock;

    PausedAlarms(PauseNotes notes, Destinations destinations, AlertLimits limits, Clock clock) {
        this.notes = notes;
        this.destinations = destinations;
        this.limit = limits.paused();
        this.clock = clock;
    }

    @Override
    public List<Alarm> each() {
        Map<String, PauseNotes.Pausing> pausing =
                notes.all().stream().collect(Collectors.toMap(PauseNotes.Pausing::destination, Function.identity()));
        return Stream.concat(
                        destinations.all().stream()
                                .filter(destination -> destination.settings().enabled())
                                .map(Destination::name),
                        Stream.of(Destinations.ROUTER))
                .map(name -> Alarm.of("destination-paused:" + name, () -> look(name, pausing.get(name))))
                .toList();
    }

    private Sighting look(String name, PauseNotes.@Nullable Pausing pausing) {
        if (pausing == null || pausing.since().isAfter(clock.instant().minus(limit))) {
            return Sighting.clear(name + " answers");
        }
        var who = name.equals(Destinations.ROUTER) ? "the directory, which the router reads," : name;
        return Sighting.trouble(
                name + " has not answered since " + pausing.since().truncatedTo(ChronoUnit.SECONDS),
                "Since " + pausing.since().truncatedTo(ChronoUnit.SECONDS) + " " + who
                        + " does not answer as it should: "
                        + pausing.reason()
                        + ". Usher leaves it alone and tries again now and then; the next try is not before "
                        + pausing.until().truncatedTo(ChronoUnit.SECONDS)
                        + ". What is to be delivered waits in its queue and uses up no tries; other destinations go on.\n\n"
                        + "What to do: see the vendor's status page; check its URL, credential and the network from the machine"
                        + " of Usher. Nothing is to be replayed: deliveries go on by themselves once it answers.");
    }
}
